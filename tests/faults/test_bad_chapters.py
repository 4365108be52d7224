"""Each rule for a chapter's code and for a page's text has a chapter or page that breaks it."""

from __future__ import annotations

import pytest
from small_book import Ask, SmallBook

CELL = 'defects: float = value("defects")\n'
NUMBER = 'number("die_yield", "share"'
DIE, COST, INDEX = "book/die_yield.md", "book/cost.md", "book/index.md"
RULES = {
    "derived parameter": (DIE, CELL, 'defects: float = 2 * value("defects")\n', "derived"),
    "literal parameter": (DIE, CELL, "defects: float = 0.1\n", "derived"),
    "repeated parameter": (DIE, CELL, CELL + CELL, "stands twice in the parameters cell"),
    "two names": (DIE, CELL, 'd: float = value("defects")\n', "one name on both sides"),
    "no annotation": (DIE, CELL, 'defects = value("defects")\n', "something else than a parameter"),
    "wrong annotation": (DIE, CELL, 'defects: int = value("defects")\n', "write defects: float"),
    "unknown parameter": (DIE, CELL, CELL + 'defect: float = value("defect")\n', "did you mean defects"),
    "unread parameter": (
        DIE, CELL, CELL + 'discount_rate: float = value("discount_rate")\n', "is never read",
    ),
    "a parameter whose name only a function reads, for its own": (
        DIE, CELL, CELL + 'discount_rate: float = value("discount_rate")\n```\n\n```{code-cell} ipython3\n'
        "same = lambda discount_rate: discount_rate\n", "The parameter discount_rate is never read",
    ),
    "parameter overwritten": (DIE, "chip = table", "defects = 1\nchip = table", "is assigned again"),
    "parameter overwritten in a loop": (
        DIE, "chip = table", "for defects in [1]:\n    pass\nchip = table", "is assigned again",
    ),
    "a second parameters cell": (
        DIE, "A wafer with", "```{code-cell} ipython3\n:tags: [parameters]\n\n```\n\nA wafer with",
        "A second parameters cell",
    ),
    "formula in a cell": (DIE, "chip = table", "waste = defects * defects\nchip = table", "is a formula in a cell"),
    "dollars as mathematics": (
        INDEX, "The yield", "In US$ per chip, not in HK$. The yield", "would be set as mathematics",
    ),
    "not Python": (DIE, "chip = table", "chip == = table", "The cell is not Python"),
    "table from a variable": (DIE, 'table("accelerators", as_of)', "table(as_of, as_of)", "from a variable"),
    "unknown table": (DIE, 'table("accelerators"', 'table("accelerator"', "did you mean accelerators"),
    "number from a variable": (DIE, NUMBER, 'number("die" + "_yield", "share"', "from a variable"),
    "unknown claim": (DIE, 'claim("yield-half"', 'claim("yield-hal"', "did you mean yield-half"),
    "number twice": (COST, "pd.DataFrame", 'x = number("cost_of_capital", "share", f, a=1)\npd.DataFrame', "twice"),
    "number in two chapters": (
        DIE, "chip = table", 'x = number("cost_of_capital", "share", f, a=1)\nchip = table',
        "made in two places",
    ),
    "number in a loop": (
        COST, "pd.DataFrame", 'for i in [1]:\n    number("new", "share", f, a=i)\npd.DataFrame', "more than once",
    ),
    "number shown nowhere": (COST, "pd.DataFrame", 'number("new", "share", f, a=1)\npd.DataFrame', "shown nowhere"),
    "figure in a label": (
        COST, "years=4.0)", 'years=4.0, label="Cost over 4 years")', "“over 4 years” is typed by hand",
    ),
    "number of the ledger's": (
        DIE, "chip = table", 'x = number("ledger_all", "count", f, a=1)\nchip = table', "made in two places",
    ),
    "code without a kernel": (INDEX, "The yield", "```{code-cell}\n1\n```\n\nThe yield", "names no kernel"),
    "unused parameter": (
        "book/parameters.yml", "discount_rate:\n",
        'spare:\n  {label: S, kind: bool, unit: text, value: true, source: s, date: "2025-01-25"}\ndiscount_rate:\n',
        "is used nowhere",
    ),
    "unknown number": (INDEX, "{num}`die_yield`", "{num}`die_yeild`", "did you mean die_yield"),
    "unknown parameter in prose": (INDEX, "{num}`die_yield`", "{par}`defect`", "did you mean defects"),
    "unknown claim in prose": (INDEX, "{num}`die_yield`", "{claim}`yield-hal`", "did you mean yield-half"),
    "claim that states nothing": (INDEX, "{num}`die_yield`", "{stated}`cost-high`", "gives no figure"),
    "essay states no value": (INDEX, "{num}`die_yield`", "{essayval}`discount_rate`", "The essay states no"),
    "unknown fact": (INDEX, "{num}`die_yield`", "{fact}`accelerators/h100_sxm/price`", "no column 'price'"),
    "unknown row": (INDEX, "{num}`die_yield`", "{fact}`accelerators/h100_sx/tdp_w`", "did you mean h100_sxm"),
    "half a fact": (INDEX, "{num}`die_yield`", "{fact}`accelerators/h100_sxm`", "table/row/column"),
    "unknown key in a condition": (
        INDEX, "{num}`die_yield`", "{when}`die_yeild > 1 | a | b`", "did you mean die_yield",
    ),
    "condition without a choice": (INDEX, "{num}`die_yield`", "{when}`die_yield > 1 | a`", "two wordings"),
    "condition that runs code": (INDEX, "{num}`die_yield`", "{when}`len(die_yield) | a | b`", "A condition may"),
    "figure in a wording": (
        INDEX, "{num}`die_yield`", "{when}`die_yield > 1 | 3 of 4 | few`", "is typed by hand",
    ),
    "typed figure": (INDEX, "The yield is", "The 57 dies yield", "“The 57 dies” is typed by hand"),
    "typed figure in a heading": (INDEX, "# A small book", "# Book 9", "is typed by hand"),
    "typed figure in a table": (INDEX, "The yield", "| a | b |\n|---|---|\n| x | 9 |\n\nThe yield", "“9” is typed"),
    "typed figure in an admonition": (INDEX, "The yield", ":::{note}\nTake 9.\n:::\n\nThe yield", "“Take 9.”"),
    "typed figure in an alt text": (INDEX, "The yield", "![9 dies](a.png)\n\nThe yield", "“9 dies”"),
    "typed figure in mathematics": (INDEX, "The yield", "$x = 814$\n\nThe yield", "“814” is typed"),
    "typed figure in HTML": (INDEX, "The yield", "<p>9 dies</p>\n\nThe yield", "“9 dies”"),
    "role after backticks": (
        INDEX, "The yield", "```{note} On {num}`die_yield`\n```\n\nThe yield", "may hold none in its first line",
    ),
    "role in an alt text": (INDEX, "The yield", "![{num}`die_yield`](a.png)\n\nThe yield", "drops roles"),
    "role in an option": (
        INDEX, "The yield", ":::{note}\n:class: {num}`die_yield`\nText\n:::\n\nThe yield", "directive's option",
    ),
    "role in mathematics": (INDEX, "The yield", "$$\nx = {num}`die_yield`\n$$\n\nThe yield", "Mathematics"),
    "role in front matter": (DIE, "kernelspec:", 'about: "{num}`die_yield`"\nkernelspec:', "Front matter"),
    "role without a key": (INDEX, "{num}`die_yield`", "{num} `die_yield` {num}`die_yield`", "without its key"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), RULES.values(), ids=RULES)
def test_a_broken_rule_is_told_with_its_line(  # noqa: PLR0917
    book: SmallBook, ask: Ask, name: str, old: str, new: str, told: str
) -> None:
    assert ask(book, "check").code == 0
    book.edit(name, old, new)
    ran = ask(book, "build")
    lines = [line for line in ran.err.splitlines() if told in line]
    assert ran.code == 2
    assert lines, ran.err
    assert lines[0].startswith(f"{name}:")
    assert lines[0].split(":")[1].isdigit()
    assert not (book.root / "_build" / "html").exists()


def test_the_line_is_the_one_that_breaks_the_rule(book: SmallBook, ask: Ask) -> None:
    book.edit("book/die_yield.md", "chip = table", "defects = 1\nchip = table")
    book.edit("book/die_yield.md", "A wafer with", "A wafer\nof 57 dies with")
    told = ask(book, "check").err
    for text in ("defects = 1", "of 57 dies"):
        assert f"book/die_yield.md:{book.line('book/die_yield.md', text)}:" in told


def test_all_problems_are_told_at_once(book: SmallBook, ask: Ask) -> None:
    book.edit("book/index.md", "die_yield", "die_yeild")
    book.edit("book/cost.md", "Capital over", "Capital 7 over")
    book.edit("book/die_yield.md", 'claim("yield-half"', 'claim("yield-hal"')
    told = ask(book, "check").err.splitlines()
    assert [line.split(":")[0] for line in told if "typed" in line or "There is no" in line] == [
        "book/cost.md", "book/die_yield.md", "book/index.md",
    ]  # fmt: skip


@pytest.fixture
def ahead(book: SmallBook) -> SmallBook:
    """A book read as of a day before its fact was public, which looks ahead on purpose."""
    book.edit("book/die_yield.md", "import table", "import later")
    book.edit("book/die_yield.md", 'table("accelerators", as_of)', 'later("accelerators")')
    book.edit("book/die_yield.md", "wafer_yield.poisson", "wafer_yield.poisson, label=str(as_of)")
    book.edit("book/parameters.yml", 'value: "2025-01-25"', 'value: "2020-01-01"')
    return book


def test_what_looks_ahead_may_feed_no_verdict(ahead: SmallBook, ask: Ask) -> None:
    ran = ask(ahead, "check")
    assert ran.code == 2
    assert "The claim yield-half rests on facts that became public on" in ran.err


def test_what_looks_ahead_may_not_stand_on_the_landing_page(ahead: SmallBook, ask: Ask) -> None:
    ahead.edit("book/die_yield.md", 'claim("yield-half", die)\n', "")
    ran = ask(ahead, "check")
    assert ran.code == 2
    assert "book/index.md:3: The landing page shows die_yield, known since" in ran.err
    ahead.edit("book/index.md", "{num}`die_yield`", "not told")
    ahead.edit("book/claims.csv", *UNTESTED)
    assert ask(ahead, "check").code == 0


UNTESTED = (",at_least,,the yield,,", ",at_least,,,the yield,")
"""The row of the ledger, once no chapter tests its claim."""


@pytest.fixture
def frozen(ahead: SmallBook) -> SmallBook:
    """The same book, its chapter frozen at a day after its fact was public, and giving no verdict."""
    ahead.edit("book/die_yield.md", 'later("accelerators")', 'later("accelerators", FROZEN)')
    ahead.edit(
        "book/die_yield.md",
        "import claim, number, parameter_table\n",
        'import number, parameter_table\n\nFROZEN = "2025-01-25"\n',
    )
    ahead.edit("book/die_yield.md", 'claim("yield-half", die)\n', "")
    ahead.edit("book/die_yield.md", "# Yield\n", "# Yield\n\nFrozen at 25 January 2025.\n")
    ahead.edit("book/index.md", "{num}`die_yield`", "not told")
    ahead.edit("book/claims.csv", *UNTESTED)
    return ahead


def test_a_frozen_chapter_may_look_ahead_to_its_day(frozen: SmallBook, ask: Ask) -> None:
    assert ask(frozen, "check").code == 0


FROZEN_FAULTS = {
    "on the landing page": (
        "book/index.md", "not told", "{num}`die_yield`", "The landing page shows die_yield, known since",
    ),
    "a fact on the landing page": (
        "book/index.md", "not told", "{fact}`accelerators/h100_sxm/die_area_mm2`",
        "The landing page shows accelerators/h100_sxm/die_area_mm2, known since",
    ),
    "in a verdict": (
        "book/die_yield.md", "defects=expected)", "defects=1.0)\nclaim(\"yield-half\", 0.5)",
        "looks ahead to 2025-01-25 and gives the claim yield-half a verdict",
    ),
    "without its day": ("book/die_yield.md", ', FROZEN)', ")", "is frozen, and later() lacks a day"),
    "by another name": ("book/die_yield.md", ', FROZEN)', ', "2026-01-01")', "is frozen, and later() has a day"),
    "on no day": ("book/die_yield.md", '"2025-01-25"', '"later"', "FROZEN is no day"),
    "unsaid": ("book/die_yield.md", "Frozen at 25 January 2025.", "", "is frozen at 2025-01-25 and does not say so"),
    "set again": (
        "book/die_yield.md", "chip = later", 'FROZEN = "2027-01-01"\nchip = later', "FROZEN is assigned again",
    ),
    "by the back door": (
        "book/die_yield.md", 'later("accelerators", FROZEN)', 'table("accelerators", FROZEN)',
        "table() is read as of another date than the book's",
    ),
    "a fact of a later day": (
        "book/die_yield.md", "Yield\n", "Yield\n\n{fact}`nvidia_market/close_2025_01_27/price_usd`\n",
        "The page is frozen at 2025-01-25 and shows nvidia_market/close_2025_01_27/price_usd, public on 2025-01-27",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FROZEN_FAULTS.values(), ids=FROZEN_FAULTS)
def test_what_a_frozen_chapter_knows_stays_in_it(frozen: SmallBook, ask: Ask, fault: tuple[str, str, str, str]) -> None:
    *edit, told = fault
    frozen.edit(*edit)
    ran = ask(frozen, "check")
    assert ran.code == 2
    assert told in ran.err


def test_what_a_frozen_page_makes_stays_off_the_landing_page_whatever_it_rests_on(frozen: SmallBook, ask: Ask) -> None:
    frozen.edit("book/die_yield.md", "chip.die_area_mm2, defects", "814.0, defects")
    frozen.edit("book/index.md", "not told", "{num}`die_yield`")
    ran = ask(frozen, "check")
    assert ran.code == 2
    assert "The landing page shows die_yield, made on die_yield, a page that looks ahead" in ran.err


def test_no_other_chapter_names_a_day_of_its_own(ahead: SmallBook, ask: Ask) -> None:
    ahead.edit("book/die_yield.md", 'later("accelerators")', 'later("accelerators", "2026-01-01")')
    assert "is not frozen, and later() has a day" in ask(ahead, "check").err


def test_the_same_look_ahead_is_none_once_the_date_has_passed(ahead: SmallBook, ask: Ask) -> None:
    assert ask(ahead, "check", "--set", "as_of=2025-01-25").code == 0


TODAY = """\
title: Today
reason: A look ahead
begins: the last four quarters
set: {as_of: "2025-01-25"}
"""
ODDS = """\
id,question,rule,due,probability,made_on,known_until,reason,outcome,resolved_on,evidence,seal
rain,It rains.,Comes true if it rains.,2025-12-31,0.5,2025-01-26,2025-01-25,It may,,,,3ac3deadbeef
"""


@pytest.fixture
def today(frozen: SmallBook) -> SmallBook:
    """The frozen book, whose chapter reads a scenario that begins after the essay."""
    folder = frozen.root / "book" / "scenarios"
    folder.mkdir(exist_ok=True)
    (folder / "today.yml").write_text(TODAY, encoding="utf-8")
    frozen.edit(
        "book/die_yield.md",
        "import number, parameter_table\n",
        "import number, parameter_table\nfrom shortcase.case.scenarios import later_scenario\n",
    )
    values = 'scenario = later_scenario("today", FROZEN)\nchip = later'
    frozen.edit("book/die_yield.md", "chip = later", values)
    frozen.edit("book/die_yield.md", "label=str(as_of)", 'label=f"{as_of} {scenario.title}"')
    return frozen


def test_a_frozen_chapter_may_read_a_scenario_that_begins_later(today: SmallBook, ask: Ask) -> None:
    ran = ask(today, "check")
    assert ran.code == 0, ran.err


def test_what_rests_on_a_scenario_that_begins_later_may_not_stand_on_the_landing_page(
    today: SmallBook, ask: Ask
) -> None:
    today.edit("book/die_yield.md", 'later("accelerators", FROZEN)', 'table("accelerators", as_of)')
    today.edit("book/die_yield.md", "import later\n", "import table\n")
    today.edit("book/parameters.yml", 'value: "2020-01-01"', 'value: "2025-01-24"')
    today.edit("book/index.md", "not told", "{num}`die_yield`")
    ran = ask(today, "check")
    assert ran.code == 2
    assert "The landing page shows die_yield, known since 2025-01-25" in ran.err


NOT_SO = {
    "without its day": (", FROZEN)\nchip", ")\nchip", "later_scenario() looks ahead, and the page is not frozen"),
    "on another day": (", FROZEN)\nchip", ', "2025-01-25")\nchip', "later_scenario() looks ahead, and the page is not"),
    "of another name": ('"today", FROZEN', '"tody", FROZEN', "There is no scenario 'tody'"),
}


@pytest.mark.parametrize("fault", NOT_SO.values(), ids=NOT_SO)
def test_a_scenario_that_begins_later_is_read_in_one_way(
    today: SmallBook, ask: Ask, fault: tuple[str, str, str]
) -> None:
    *edit, told = fault
    today.edit("book/die_yield.md", *edit)
    ran = ask(today, "check")
    assert ran.code == 2
    assert told in ran.err


def test_odds_that_were_changed_stop_the_check(frozen: SmallBook, ask: Ask) -> None:
    (frozen.root / "book" / "forecasts.csv").write_text(ODDS, encoding="utf-8")
    ran = ask(frozen, "check")
    assert ran.code == 2
    assert "book/forecasts.csv:2: What rain said on 2025-01-26 has been changed" in ran.err
    seal = ran.err.split("carries the seal ")[1].split(".")[0]
    frozen.edit("book/forecasts.csv", "3ac3deadbeef", seal)
    assert ask(frozen, "check").code == 0
    frozen.edit("book/forecasts.csv", ",0.5,", ",0.9,")
    assert "has been changed" in ask(frozen, "check").err
