"""Scenarios are names, not paths; their overrides are held to the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.case import scenarios
from shortcase.case.parameters import registry
from shortcase.errors import BadFile, BadParameter, BadRequest, ShortcaseError


@pytest.mark.parametrize("name", ["../essay", "/etc/passwd", "a/b", "Essay", "", "essay.yml", "..", "a\x00b"])
def test_a_name_with_a_path_in_it_is_refused(name: str) -> None:
    with pytest.raises(BadRequest, match="scenario's name"):
        scenarios.scenario(name)


def test_an_unknown_scenario_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadRequest, match=r"did you mean essay\?"):
        scenarios.scenario("esay")


def test_the_essay_scenario_takes_every_value_that_the_essay_states() -> None:
    stated = {name: p.essay for name, p in registry().items() if p.essay is not None}
    assert stated
    values = scenarios.scenario("essay").values()
    assert {name: values[name] for name in stated} == stated


def test_settings_win_over_the_scenario() -> None:
    values = scenarios.scenario("march_2025").values(scenarios.settings(["as_of=2025-02-28"]))
    assert values["as_of"] == "2025-02-28"


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["elasticity"], "write NAME=VALUE"),
        (["=3"], "sets nothing"),
        (["demand_elasticity=1", "demand_elasticity=2"], "set twice"),
        (["demand_elasticty=1"], "did you mean demand_elasticity"),
        (["demand_elasticity=1e9"], "outside its bounds"),
        (["demand_elasticity=one"], "takes a float"),
    ],
)
def test_a_bad_setting_is_refused(pairs: list[str], words: str) -> None:
    with pytest.raises(ShortcaseError, match=words):
        scenarios.settings(pairs)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("title: A\nreason: B\nset:\n  nosuch: 1\n", BadParameter, "odd.yml:4: There is no parameter 'nosuch'"),
        ("title: A\nreason: B\nset:\n  as_of: soon\n", BadParameter, "odd.yml:4: as_of takes a date"),
        ("title: A\nset: {}\n", BadFile, "The scenario odd does not say its reason"),
        ("title: A\nreason: B\nbased: essay\n", BadFile, "odd.yml:3: The scenario odd has an unknown field 'based'"),
        ("title: A\nreason: B\nbase: none\n", BadFile, "odd.yml:3"),
        ("title: A\nreason: B\nbase: [essay]\n", BadFile, "odd.yml:3"),
        ("title: A\nreason: B\nset: 3\n", BadFile, "odd.yml:3"),
        ("title: A\nreason: B\nset: []\n", BadFile, "odd.yml:3"),
        ("- 1\n", BadFile, "no mapping"),
    ],
)
def test_a_broken_scenario_file_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, kind: type[ShortcaseError], words: str
) -> None:
    (tmp_path / "odd.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(scenarios, "folder", lambda: tmp_path)
    with pytest.raises(kind) as caught:
        scenarios.scenario("odd")
    assert words in str(caught.value)
