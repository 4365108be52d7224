"""The ways to compute a point agree: the valuation itself, a chapter's live graph, and its notebook on Dask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from shortcase import results
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import chapter
from shortcase.publish.request import Request
from shortcase.results.columns import NUMBER, VERDICT, Column
from shortcase.sweep import thesis
from shortcase.sweep.asked import Sweep
from shortcase.sweep.run import run

NEAR = 1e-9


def swept(tmp_path: Path, name: str, over: tuple[str, ...], **asked: Any) -> results.Results:
    report = run(Sweep(Request(jobs=1), tmp_path / f"{name}.arrow", over, **asked), lambda _: None)
    assert report.failed == 0
    return results.read(report.out)


def agree(one: results.Results, other: results.Results, keys: set[str]) -> None:
    for key in sorted(keys):
        assert one.unit(key) == other.unit(key), key
        if one.columns[key].role == NUMBER:
            assert one.frame[key].tolist() == pytest.approx(other.frame[key].tolist(), rel=NEAR, abs=1e-14), key
        else:
            pd.testing.assert_series_equal(one.frame[key], other.frame[key], check_dtype=False)


def shared(*found: results.Results) -> set[str]:
    roles = (NUMBER, VERDICT)
    return set.intersection(*({k for k, c in one.columns.items() if c.role in roles} for one in found))


def test_the_three_routes_agree_on_the_valuation(tmp_path: Path) -> None:
    over = ("demand_growth=0.35", "equity_discount_rate=0.095")
    direct = swept(tmp_path, "thesis", over)
    live = swept(tmp_path, "live", over, chapter=thesis.CHAPTER)
    notebook = swept(tmp_path, "notebook", over, chapter=thesis.CHAPTER, notebook=True)
    keys = {one.key for one in thesis.OUTPUTS}
    assert keys <= shared(direct, notebook)
    agree(direct, notebook, keys)
    assert {"va_none", "va_all", "va_weighed"} <= shared(direct, live, notebook)
    agree(live, notebook, shared(live, notebook))


def test_live_graph_and_notebook_agree_on_all_figures_and_verdicts_of_a_chapter(tmp_path: Path) -> None:
    over = ("demand_elasticity=0.3,1.4", "feared_margin=0.1,0.7", "fleet_gpus=1000,200000")
    live = swept(tmp_path, "live", over, chapter="the_fallout")
    notebook = swept(tmp_path, "notebook", over, chapter="the_fallout", notebook=True)
    verdicts = {key for key in shared(live, notebook) if live.columns[key].role == VERDICT}
    assert any(live.frame[key].nunique() > 1 for key in verdicts), "no verdict turns, so the points prove little"
    agree(live, notebook, shared(live, notebook))


def test_the_valuation_s_columns_say_what_the_chapter_says_of_the_same_keys(root: Path) -> None:
    code = parse(chapter(thesis.CHAPTER, root))
    said: dict[str, tuple[str, str]] = {}
    for call in code.calls:
        if call.function == "number" and call.name is not None:
            words = {word.arg: word.value for word in call.node.keywords}
            said[call.name] = (call.node.args[1].value, words["label"].value)  # type: ignore[attr-defined]
    columns: list[Column] = [one.column() for one in thesis.OUTPUTS]
    assert {c.key: (c.unit, c.label) for c in columns} == {c.key: said[c.key] for c in columns}
