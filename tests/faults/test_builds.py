"""What a build does again and what it leaves alone; that it is the same every time; that its records are complete."""

from __future__ import annotations

import json
import re
import shutil

from small_book import SmallBook

from shortcase.publish.site import site_check


def executed(told: str) -> set[str]:
    return set(re.findall(r"^(\w+): executed", told, re.MULTILINE))


def test_an_unchanged_book_is_left_alone(built: SmallBook) -> None:
    before = built.snapshot()
    ran = built.shortcase("build")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nothing has changed since the last build: ")
    assert built.snapshot() == before


def test_only_chapters_that_read_a_changed_parameter_run_again(built: SmallBook) -> None:
    built.edit("book/parameters.yml", "  value: 0.1\n", "  value: 0.12\n")
    ran = built.shortcase("build")
    assert ran.code == 0
    assert executed(ran.err) == {"die_yield"}
    assert "cost: kept" in ran.err
    assert "\r" not in ran.err


def test_a_changed_page_runs_no_chapter_but_is_shown(built: SmallBook) -> None:
    built.edit("book/index.md", "The yield is", "Its yield is")
    ran = built.shortcase("build")
    assert (ran.code, executed(ran.err)) == (0, set())
    assert "Its yield is" in (built.root / "_build/html/book/index.html").read_text(encoding="utf-8")


def test_changed_words_of_a_chapter_run_nothing_and_give_what_a_fresh_build_gives(built: SmallBook) -> None:
    built.edit("book/die_yield.md", "# Yield\n", "# The yield\n\nWords,\n\nand more.\n")
    built.edit("book/die_yield.md", "A wafer with", "## What it yields\n\nA wafer that has")
    built.edit("book/die_yield.md", ":tags: [parameters]\n", ":tags: [parameters, hide-input]\n")
    built.edit("book/cost.md", "Capital over {par}`discount_rate` costs {num}`cost_of_capital`.\n", "")
    built.edit("book/index.md", "The yield is {num}", "At {num}`cost_of_capital` the yield is {num}")
    ran = built.shortcase("build")
    assert (ran.code, executed(ran.err)) == (0, {"die_yield"}), ran.err  # a tag may decide what a cell does
    built.edit("book/die_yield.md", "\nand more.\n", "")
    built.edit("book/die_yield.md", "{claim}`yield-half`\n", "{claim}`yield-half`\n\nNo end.\n")
    ran = built.shortcase("build")
    assert (ran.code, executed(ran.err)) == (0, set()), ran.err
    kept = built.site(), built.snapshot("_build/notebooks"), built.snapshot("_build/results")
    ran = built.shortcase("build", "--fresh")
    assert (ran.code, executed(ran.err)) == (0, {"cost", "die_yield"}), ran.err
    assert (built.site(), built.snapshot("_build/notebooks")) == kept[:2]
    for name in ("numbers.json", "claims.json"):
        assert built.snapshot("_build/results")[name] == kept[2][name]


def test_a_site_that_was_touched_is_built_again(built: SmallBook) -> None:
    page = built.root / "_build/html/book/cost.html"
    good = page.read_text(encoding="utf-8")
    page.unlink()
    ran = built.shortcase("build")
    assert (ran.code, executed(ran.err)) == (0, set())
    assert page.read_text(encoding="utf-8") == good


def test_another_scenario_has_a_place_of_its_own(built: SmallBook) -> None:
    before = built.snapshot("_build/html")
    ran = built.shortcase("build", "--scenario", "essay", "--json")
    answer = json.loads(ran.out)
    assert answer["executed"] == ["die_yield"]
    assert answer["site"].endswith("/_build/essay/html")
    numbers = json.loads((built.root / "_build/essay/results/numbers.json").read_text(encoding="utf-8"))
    assert (
        abs(numbers["die_yield"]["value"] - 2.718281828459045 ** -(0.2 * 8.14)) < 1e-12
    )  # Poisson, 814 mm², 0.2 per cm²
    assert built.snapshot("_build/html") == before


def test_a_run_shows_what_moved(built: SmallBook) -> None:
    before = built.snapshot("_build/results")
    ran = built.shortcase("run", "die_yield", "--set", "defects=0.05")
    assert ran.code == 0
    assert "die_yield: 44.3% → 66.6% (" in ran.out  # exp(−0.814) and exp(−0.407)
    assert "yield-half: fails → holds" in ran.out
    assert "_build/what_if/notebooks/die_yield.ipynb" in ran.out
    assert built.snapshot("_build/results") == before


def test_a_run_follows_no_figure_and_a_build_takes_nothing_that_was_not_followed(book: SmallBook) -> None:
    told = [book.shortcase(*words).err for words in (("run", "cost"), ("run", "cost"), ("build",), ("run", "cost"))]
    assert ["cost: executed" in one for one in told] == [True, False, True, False]


def test_two_clean_builds_are_the_same_to_the_byte(built: SmallBook) -> None:
    first = built.root.parent / "first"
    shutil.copytree(built.root / "_build/html", first)
    shutil.rmtree(built.root / "_build")
    assert built.shortcase("build").code == 0
    assert list(site_check.differences(first, built.root / "_build/html")) == []
    assert list(site_check.problems(first)) == []


def test_the_records_of_a_build(built: SmallBook) -> None:
    results = built.root / "_build/results"
    numbers, claims, manifest = (
        json.loads((results / f"{name}.json").read_text(encoding="utf-8")) for name in ("numbers", "claims", "manifest")
    )
    assert numbers["die_yield"]["parameters"] == ["as_of", "defects"]
    assert [(f["table"], f["row"]) for f in numbers["die_yield"]["facts"]] == [("accelerators", "h100_sxm")]
    assert numbers["cost_of_capital"]["parameters"] == ["discount_rate"]
    assert abs(numbers["cost_of_capital"]["value"] - 0.1 / (1 - 1.1**-4)) < 1e-12
    assert {row["id"]: row["verdict"] for row in claims.values()} == {
        "yield-half": "fails", "cost-high": "not testable", "date-said": "not testable",
    }  # fmt: skip
    assert manifest["parameters"] == {"as_of": "2025-01-25", "defects": 0.1, "discount_rate": 0.1}
    assert set(manifest["chapters"]) == {"cost", "die_yield"}
    assert all(len(row["key"]) == 64 and row["seconds"] > 0 for row in manifest["chapters"].values())
    assert manifest["counts"] == {"numbers": 2, "claims": 3, "judged": 1}


def test_the_site_shows_no_record_and_no_injected_cell(built: SmallBook) -> None:
    page = (built.root / "_build/html/book/die_yield.html").read_text(encoding="utf-8")
    assert "the second cell has run" in page
    assert "44.3%" in page
    assert "The values of this build" not in page
    assert "yield-half: fails" not in page
    assert "shortcase.record" not in page


def test_both_engines_leave_the_same_notebook(book: SmallBook) -> None:
    book.edit("book/cost.md", "pd.DataFrame({", RICH + "pd.DataFrame({")
    found = {}
    for engine in ("fork", "kernel"):
        ran = book.shortcase("run", "cost", "--engine", engine)
        assert ran.code == 0, ran.err
        assert "cost: executed" in ran.err
        found[engine] = json.loads((book.root / "_build/notebooks/cost.ipynb").read_text(encoding="utf-8"))
    outputs = [o["output_type"] for cell in found["fork"]["cells"] for o in cell.get("outputs", [])]
    assert outputs.count("display_data") == 3  # the table of the parameter, and the two
    assert {"stream", "execute_result"} <= set(outputs)
    assert found["fork"] == found["kernel"]


RICH = """\
from IPython.display import HTML, Markdown, display
import altair as alt
print("one", end=" ")
print("two")
display(HTML("<b>three</b>"), Markdown("four"))
%time
```

```{code-cell} ipython3
"five"
```

```{code-cell} ipython3
_ + " six"
```

```{code-cell} ipython3
None
```

```{code-cell} ipython3
""".replace("%time\n", "")


def test_a_chapter_is_an_ordinary_notebook(book: SmallBook) -> None:
    import subprocess
    import sys
    from pathlib import Path

    programs = Path(sys.executable).parent
    for command in (
        ["jupytext", "--to", "ipynb", "book/cost.md", "-o", "x.ipynb"],
        ["papermill", "x.ipynb", "out.ipynb", "-p", "discount_rate", "0.2", "--no-progress-bar"],
    ):
        done = subprocess.run(
            [str(programs / command[0]), *command[1:]], cwd=book.root, capture_output=True, text=True, check=False,
            env={**book.environment(), "PATH": f"{programs}:/usr/bin:/bin"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    out = json.loads((book.root / "out.ipynb").read_text(encoding="utf-8"))
    told = [o["data"]["text/plain"] for c in out["cells"] for o in c.get("outputs", []) if "data" in o]
    rate = 0.2 / (1 - 1.2**-4)
    assert any(f"cost_of_capital = {rate:.1%} a year" in "".join(text) for text in told)
