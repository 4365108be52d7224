"""A chapter's key changes with what the chapter depends on, and with nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shortcase.case import claims, parameters
from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.case.thesis.start import TABLES
from shortcase.publish.read import library, modules
from shortcase.publish.read.code import parse
from shortcase.publish.read.pages import Page
from shortcase.publish.run import cache_key

ROOT = Path(__file__).resolve().parents[3]
TEXT = """---
kernelspec: {display_name: Python 3, language: python, name: python3}
---

```{code-cell} ipython3
from shortcase.case.parameters import value
from shortcase.facts import table
from shortcase.model.valuation import annuity
from shortcase.show import claim, number
```

```{code-cell} ipython3
:tags: [parameters]

as_of: str = value("as_of")
```

```{code-cell} ipython3
chip = table("accelerators", as_of).row("h100_sxm")
claim("fo-growth-85", 1.0, turns_on="demand_elasticity", recompute=lambda x: x)
```
"""


@pytest.fixture
def values(monkeypatch: pytest.MonkeyPatch) -> dict[str, parameters.Scalar]:
    monkeypatch.chdir(ROOT)
    return {name: p.value for name, p in parameters.registry().items()}


def parts(values: dict[str, parameters.Scalar], text: str = TEXT, engine: str = "fork") -> dict[str, str]:
    page = Page(ROOT / "book" / "t.md", ROOT, text)
    return cache_key.key(parse(page), values, engine, ROOT)[1]


def forget() -> None:
    for read in (cache_key._module_digest, modules._module, library.tree):
        read.cache_clear()


def test_what_a_chapter_depends_on(values: dict[str, parameters.Scalar]) -> None:
    found = set(parts(values))
    assert {"chapter", "python", "engine", "requirements.txt", "value as_of", "table accelerators"} <= found
    assert {"claim fo-growth-85", "parameter demand_elasticity", "parameter as_of"} <= found
    assert {"module shortcase", "module shortcase.model.valuation.annuity", "module shortcase.facts"} <= found
    assert "module shortcase.errors" in found  # by way of the others
    models = {name for name in found if name.startswith("module shortcase.model.")}
    reached = ("quantity", "valuation", "valuation.annuity")
    assert models == {f"module shortcase.model.{name}" for name in reached}
    assert [name for name in found if name.startswith("table ")] == ["table accelerators"]
    assert [name for name in found if name.startswith("claim ")] == ["claim fo-growth-85"]


def test_a_value_that_is_read_counts_and_another_does_not(values: dict[str, parameters.Scalar]) -> None:
    base = parts(values)
    assert parts(values | {"as_of": "2025-03-31"}) != base
    assert parts(values | {"demand_elasticity": 1.1}) != base  # by name in claim(turns_on=…)
    assert parts(values | {"demand_growth": 0.9}) == base


def test_code_tags_and_engine_count_and_words_do_not(values: dict[str, parameters.Scalar]) -> None:
    base = parts(values)
    assert parts(values, TEXT.replace("```{code-cell}", "More, before a cell.\n\n```{code-cell}", 1)) == base
    assert parts(values, TEXT + "\n# More\n") == base
    assert parts(values, TEXT.replace("chip = ", "the_chip = "))["chapter"] != base["chapter"]
    assert parts(values, TEXT.replace("chip = ", "# A chip\nchip = "))["chapter"] != base["chapter"]
    assert parts(values, TEXT.replace(":tags: [parameters]\n\n", ""))["chapter"] != base["chapter"]
    assert parts(values, engine="kernel")["engine"] != base["engine"]


def test_how_figures_are_followed_counts_only_where_they_are(values: dict[str, parameters.Scalar]) -> None:
    code = parse(Page(ROOT / "book" / "t.md", ROOT, TEXT))
    (_, followed), (_, alone) = (cache_key.key(code, values, "fork", ROOT, live=live) for live in (True, False))
    assert {name for name in followed if followed[name] != alone[name]} == {"live"}


def test_the_locked_versions_count(values: dict[str, parameters.Scalar], tmp_path: Path) -> None:
    def of(lock: str) -> str:
        (tmp_path / "requirements.txt").write_text(lock, encoding="utf-8")
        return cache_key.key(parse(Page(ROOT / "book" / "t.md", ROOT, TEXT)), values, "fork", tmp_path)[0]

    assert of("numpy==2.4.6\n") == of("numpy==2.4.6\n")
    assert of("numpy==2.4.6\n") != of("numpy==2.4.7\n")


def test_the_source_of_an_imported_module_counts(
    values: dict[str, parameters.Scalar], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    base = parts(values)
    copy = tmp_path / "shortcase"
    shutil.copytree(library.HOME, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(library, "HOME", copy)
    forget()
    assert parts(values) == base
    for name, counts in (
        ("model/valuation/annuity.py", True),
        ("errors.py", True),
        ("model/language_models/kv_cache.py", False),
    ):
        path = copy / name
        path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        forget()
        changed = parts(values)
        assert (changed != base) is counts, name
        base = changed
    forget()


def test_a_table_counts(values: dict[str, parameters.Scalar], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    base = parts(values)
    schemas = sys.modules[cache_key.schema.__module__]
    copy = tmp_path / "tables"
    shutil.copytree(schemas.TABLES, copy)
    monkeypatch.setattr(schemas, "TABLES", copy)
    assert parts(values) == base
    others = [path for path in copy.glob("*.csv") if path.stem != "accelerators"]
    for path, counts in ((copy / "accelerators.csv", True), *((path, False) for path in others[:1])):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert (parts(values) != base) is counts
        base = parts(values)


def test_a_ledger_row_counts_by_what_it_says_not_by_where_it_stands() -> None:
    row = next(iter(claims.ledger(ROOT / "book" / "claims.csv").values()))
    import dataclasses

    assert cache_key._record(row) == cache_key._record(dataclasses.replace(row, line=row.line + 1))
    assert cache_key._record(row) != cache_key._record(dataclasses.replace(row, stated="11"))


@pytest.mark.parametrize(
    ("line", "all_claims", "all_parameters"),
    [
        ("from shortcase.case.claims import ledger; rows = ledger()", True, False),
        ("from shortcase.case import claims; rows = claims.ledger()", True, False),
        ("from shortcase.case.parameters import registry; rows = registry()", False, True),
        ("ledger = [1]; registry = ledger", False, False),
    ],
)
def test_who_reads_a_whole_file_depends_on_all_of_it(
    values: dict[str, parameters.Scalar], line: str, *, all_claims: bool, all_parameters: bool
) -> None:
    found = set(parts(values, f"{TEXT}\n```{{code-cell}} ipython3\n{line}\n```\n"))
    assert ({f"claim {name}" for name in claims.ledger()} <= found) is all_claims
    assert ({f"parameter {name}" for name in parameters.registry()} <= found) is all_parameters


def test_a_case_of_the_valuation_depends_on_all_that_it_takes(values: dict[str, parameters.Scalar]) -> None:
    case = "from shortcase.case import thesis\ncase = thesis.case(as_of, globals())"
    found = set(parts(values, f"{TEXT}\n```{{code-cell}} ipython3\n{case}\n```\n"))
    assert {f"value {name}" for name in PARAMETERS} <= found
    assert {f"parameter {name}" for name in PARAMETERS} <= found
    assert {f"table {name}" for name in TABLES.values()} <= found
