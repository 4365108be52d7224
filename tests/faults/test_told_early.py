"""What could only be told when a chapter ran, or never, and is told by `shortcase check`: a broken chapter for each."""

from __future__ import annotations

import json

import pytest
from small_book import Ask, SmallBook

from shortcase.case.thesis.inputs import PARAMETERS

DIE, COST, INDEX = "book/die_yield.md", "book/cost.md", "book/index.md"
NUMBER = 'number("die_yield", "share"'
HERE = "print("
"""Begins the last line of the chapter on yield, before which a test puts what it breaks."""

LIBRARY = {
    "a formula that is renamed": (DIE, "wafer_yield.poisson", "wafer_yield.poison", "did you mean poisson?"),
    "a formula like no other": (
        DIE, "wafer_yield.poisson", "wafer_yield.zzz",
        "There is no zzz in shortcase.model.chips.wafer_yield. To put it right: write it in lib/shortcase/model",
    ),
    "a module that is renamed": (DIE, "import wafer_yield", "import wafer_yeild", "did you mean wafer_yield?"),
    "a name that is not imported from": (DIE, "import claim, number", "import claim, numbre", "did you mean number?"),
    "a package that is not there": (DIE, HERE, "import shortcase.modle.chips\nprint(", "did you mean model?"),
    "everything of a module": (DIE, "import claim, number, parameter_table", "import *", "name each of them"),
    "an attribute outside a number": (DIE, HERE, "wafer_yield.murphi(defects)\nprint(", "did you mean murphy?"),
    "an attribute of a class": (
        DIE, HERE, "from shortcase.case.claims import Verdict as V, Claim\nClaim.judged\nprint(", "did you mean judge?",
    ),
    "a keyword that the formula does not take": (
        DIE, "poisson, defects=", "poisson, defect=", "model.chips.wafer_yield.poisson takes no defect",
    ),
    "an argument left out": (COST, ", years=4.0", "", "capital_recovery_factor lacks years"),
    "a keyword in a dictionary": (
        COST, "rate=discount_rate, years=4.0", '**{"rate": discount_rate, "yeers": 4.0}', "did you mean years?",
    ),
    "a dictionary under a name": (
        COST, "rate = number(", "of = dict(rate=discount_rate)\nrate = number(", "capital_recovery_factor lacks years",
        "rate=discount_rate, years=4.0", "**of",
    ),
    "a call outside a number": (DIE, HERE, "wafer_yield.murphy(defects=1, years=2)\nprint(", "murphy takes no years"),
    "too many arguments": (DIE, HERE, "wafer_yield.murphy(1, 2)\nprint(", "murphy takes 1 arguments, not 2"),
    "a field of a dataclass": (
        DIE, HERE, "from shortcase.model.chips.roofline import Step\nStep(flop=1)\nprint(", "Step takes no flop",
    ),
    "a part that the result has not": (
        DIE, HERE,
        "from shortcase.case import thesis\nx = number('x_', 'USD', thesis.start, part='shares', known=1)\nprint(",
        "returns has no part 'shares'",
    ),
    "a formula without an equation": (
        COST, "annuity.capital_recovery_factor, rate=discount_rate, years=4.0", 'value, name="x"', "states no equation",
    ),
    "a formula of the chapter's own": (
        COST, "annuity.capital_recovery_factor,", "lambda rate, years: rate,", "is none of the lib's",
    ),
    "a key that is no word": (DIE, NUMBER, 'number("Die yield", "share"', "'Die yield' cannot name a number"),
    "a number without its formula": (DIE, HERE, 'number("new", "share")\nprint(', "has 2 of its key, unit and formula"),
    "an unknown unit": (DIE, NUMBER, 'number("die_yield", "shaer"', "did you mean share?"),
    "a unit like no other": (
        DIE, NUMBER, 'number("die_yield", "zzz"', "To put it right: add it to UNITS in lib/shortcase/show/units.py.",
    ),
    "a unit from a variable": (DIE, NUMBER, 'number("die_yield", str(as_of)', "takes its unit from a variable"),
    "a unit of fmt": (DIE, HERE, 'from shortcase.show import fmt\nfmt(die, "shaer")\nprint(', "fmt() is in an unknown"),
    "a unit of a table": (
        DIE, HERE, 'from shortcase.show import grid\ngrid(1, id="g", caption="G", units={"a": "shaer"})\nprint(',
        "grid() is in an unknown unit",
    ),
}  # fmt: skip

CLAIMS = {
    "no rule": (DIE, 'claim("yield-half", die)', 'claim("cost-high", die)', "cost-high is judged and has no rule"),
    "a condition for a figure": (
        DIE, 'claim("yield-half", die)', 'claim("yield-half", die > 0.5)', "is decided by a figure (rule at_least)",
    ),
    "a condition under a name": (
        DIE, 'claim("yield-half", die)', 'most = bool(die > 0.5)\nclaim("yield-half", most)', "decided by a figure",
    ),
    "a condition from a function": (
        DIE, 'claim("yield-half", die)', 'def most(x):\n    return x > 0.5\n\n\nclaim("yield-half", most(die))',
        "decided by a figure",
    ),
    "a condition from an annotated function": (
        DIE, 'claim("yield-half", die)',
        'def most(x) -> bool:\n    return check(x)\n\n\nclaim("yield-half", most(die))', "decided by a figure",
    ),
    "a condition to recompute": (
        DIE, 'claim("yield-half", die)',
        'claim("yield-half", die, turns_on="defects", recompute=lambda x: x > 1)', "decided by a figure",
    ),
    "a figure for a condition": ("book/claims.csv", "share,at_least", "share,true", "by a condition (rule true)"),
    "turns on no parameter": (
        DIE, "die)\n", 'die, turns_on="defect", recompute=lambda x: x)\n', "did you mean defects?",
    ),
    "turns on what has no range": (
        DIE, "die)\n", 'die, turns_on="discount_rate", recompute=lambda x: x)\n', "which states no range",
    ),
    "turns on, not recomputed": (DIE, "die)\n", 'die, turns_on="defects")\n', "only one of turns_on and recompute"),
}  # fmt: skip

FACTS = {
    "a row": (DIE, '"h100_sxm"', '"h100_sx"', "did you mean h100_sxm?"),
    "a row like no other": (DIE, '"h100_sxm"', '"zzz"', "add it to lib/shortcase/facts/tables/accelerators.csv"),
    "a column": (DIE, "chip.die_area_mm2", "chip.die_area_mm", "did you mean die_area_mm2?"),
    "a column like no other": (DIE, "chip.die_area_mm2", "chip.zzz", "accelerators.yml"),
    "a column in a loop": (
        DIE, HERE, 'for one in table("accelerators", as_of):\n    one.tdp_v\nprint(', "did you mean tdp_w?",
    ),
    "a column in a comprehension": (
        DIE, HERE, 'rows = list(table("accelerators", as_of))\n[r.tdp_v for r in rows[1:]]\nprint(', "mean tdp_w?",
    ),
    "a column by its name": (
        DIE, HERE, 'table("accelerators", as_of).column("tdp_v")\nprint(', "did you mean tdp_w?",
    ),
    "a column of the first row": (DIE, HERE, 'list(table("accelerators", as_of))[0].tdp_v\nprint(', "mean tdp_w?"),
    "a row in a function": (
        DIE, HERE, 'chips = table("accelerators", as_of)\ndef f(x):\n    return chips.row("h100_sx")\nprint(',
        "did you mean h100_sxm?",
    ),
    "a field of a dataclass": (
        DIE, HERE, "from shortcase.model.chips.roofline import Step\nchip.into(Step)\nprint(", "has no column",
    ),
    "an attribute of a table": (DIE, HERE, 'table("accelerators", as_of).rows\nprint(', "did you mean row?"),
    "a row of a later day": (DIE, HERE, 'table("nvidia_market", as_of).row("close_2025_01_27")\nprint(', "after the"),
    "a table of the valuation's": (
        DIE, HERE, "from shortcase.case import thesis\nthesis.known(as_of).market.row('close')\nprint(",
        "no row 'close'",
    ),
    "a table under another name": (DIE, "import table", "import table as tt", "did you mean accelerators?",
        'table("accelerators"', 'tt("accelerator"'),
}  # fmt: skip

DOORS = {
    "imported under another name": "from shortcase.facts import table as tt\ntt({later})",
    "through its package": "import shortcase.facts as f\nf.table({later})",
    "through the package of all": "import shortcase.facts\nshortcase.facts.table({later})",
    "through its module": "from shortcase.facts import lookup\nlookup.table({later})",
    "from its module": "from shortcase.facts.lookup import table as t\nt({later})",
    "by assignment": "t = table\nt({later})",
    "by assignment of an assignment": "from shortcase import facts\nt = facts.table\nu = t\nu({later})",
    "by a walrus": "(t := table)({later})",
    "handed on": "from functools import partial\npartial(table, {later})()",
    "as a default": "def f(t=table):\n    return t({later})",
    "chosen": "(table if as_of else later)({later})",
    "by getattr": 'from shortcase import facts\ngetattr(facts, "table")({later})',
    "every vintage": 'from shortcase.facts import lookup\nlookup.vintages("nvidia_market")',
    "the valuation's tables": 'from shortcase.case import thesis\nthesis.known("2026-01-01")',
    "the valuation's tables, from their module": "from shortcase.case.thesis.start import known\nknown('2026-01-01')",
    "a case": 'from shortcase.case import thesis\nthesis.case("2026-01-01", globals())',
}
PAST = ("as of another date than the book's", "past the guard against looking ahead")


@pytest.mark.parametrize("fault", [*LIBRARY.values(), *CLAIMS.values(), *FACTS.values()],
                         ids=[*LIBRARY, *CLAIMS, *(f"fact: {name}" for name in FACTS)])  # fmt: skip
def test_it_is_told_by_the_check_with_its_line(book: SmallBook, ask: Ask, fault: tuple[str, ...]) -> None:
    name, old, new, told, *more = fault
    book.edit(name, old, new)
    if more:
        book.edit(name, more[0], more[1])
    ran = ask(book, "check")
    lines = [line for line in ran.err.splitlines() if told in line]
    assert ran.code == 2, ran.err
    assert lines, ran.err
    assert lines[0].startswith(f"{DIE if name == 'book/claims.csv' else name}:")
    assert lines[0].split(":")[1].isdigit()
    assert lines[0].count("To put it right") <= 1


@pytest.mark.parametrize("way", DOORS.values(), ids=DOORS)
def test_no_way_round_the_guard_against_looking_ahead(book: SmallBook, ask: Ask, way: str) -> None:
    book.edit(DIE, HERE, way.replace("{later}", '"nvidia_market", "2026-01-01"') + "\nprint(")
    ran = ask(book, "check")
    assert ran.code == 2
    assert any(told in ran.err for told in PAST), ran.err


def test_a_fact_looked_up_ahead_under_another_name_may_feed_no_verdict(book: SmallBook, ask: Ask) -> None:
    book.edit(DIE, "import table", "import later as when_it_came")
    book.edit(DIE, 'table("accelerators", as_of)', 'when_it_came("accelerators")')
    book.edit(DIE, "wafer_yield.poisson", "wafer_yield.poisson, label=str(as_of)")
    assert ask(book, "check").code == 0
    ran = ask(book, "check", "--set", "as_of=2020-01-01")
    assert (ran.code, "The claim yield-half rests on facts that became public on" in ran.err) == (2, True)


def test_a_cell_that_is_asked_for_first_may_be_empty(book: SmallBook, ask: Ask) -> None:
    rows = 'rows = table("accelerators", as_of)\n'
    book.edit(DIE, HERE, rows + 'if "zzz" in rows.ids:\n    rows.row("mi300x").tdp_w\nprint(')
    assert ask(book, "check").code == 0


BIBLIOGRAPHY = "\n```{bibliography}\n:filter: docname in docnames\n:keyprefix: co-\n```\n"


@pytest.fixture
def cited(book: SmallBook) -> SmallBook:
    """The same book, with one work that it lists and cites."""
    (book.root / "book/references.bib").write_text("@misc{doe2020,\n  title = {T},\n}\n", encoding="utf-8")
    book.edit(COST, "Capital over", "As known {cite}`co-doe2020`, capital over")
    path = book.root / COST
    path.write_text(path.read_text(encoding="utf-8") + BIBLIOGRAPHY, encoding="utf-8")
    return book


def test_what_is_listed_may_be_cited(cited: SmallBook, ask: Ask) -> None:
    assert ask(cited, "check").code == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (COST, "co-doe2020", "co-doe2021", "no reference 'co-doe2021'. To put it right: did you mean co-doe2020?"),
        (COST, "co-doe2020", "co-doe2020,co-zzz", "'co-zzz'. To put it right: add its entry to book/references.bib."),
        (COST, "co-doe2020", "doe2020", "There is no reference 'doe2020'. To put it right: write co-doe2020."),
        (COST, "co-doe2020", "up-doe2020", "There is no reference 'up-doe2020'. To put it right: write co-doe2020."),
        (COST, "{cite}", "{cite:t}`co-doe` and {cite}", "There is no reference 'co-doe'"),
        (INDEX, "The yield", "By {cite}`co-doe2020` the yield", "cites co-doe2020 and lists no references"),
        ("book/references.bib", "@misc", "@book{doe2020,\n}\n@misc", "bib:3: The reference doe2020 stands twice"),
    ],
)  # fmt: skip
def test_a_citation_of_what_is_not_listed(  # noqa: PLR0917
    cited: SmallBook, ask: Ask, name: str, old: str, new: str, told: str
) -> None:
    cited.edit(name, old, new)
    ran = ask(cited, "check")
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert f"{name}:" in ran.err


def test_a_table_of_parameters_shows_each(book: SmallBook, ask: Ask) -> None:
    book.edit(COST, 'parameter_table("discount_rate")', "parameter_table()")
    told = f"book/cost.md:{book.line(COST, 'discount_rate: float')}: The table of parameters leaves out discount_rate"
    assert told in ask(book, "check").err
    book.edit(COST, "parameter_table()", 'parameter_table("discount_rat")')
    assert (
        "There is no parameter 'discount_rat'. To put it right: did you mean discount_rate?" in ask(book, "check").err
    )
    book.edit(COST, '"discount_rat"', '"discount_rate"')
    assert ask(book, "check").code == 0
    book.edit(COST, 'parameter_table("discount_rate")\n', 'parameter_table(*["discount_rate"])\n')
    assert "which names no parameter" in ask(book, "check").err


VALUED = "from shortcase.case import thesis\n"


def test_a_case_leaves_no_parameter_out(book: SmallBook, ask: Ask) -> None:
    spelled = ", ".join(f'"{name}": 1.0' for name in PARAMETERS if name != "exit_multiple")
    book.edit(DIE, HERE, VALUED + f"thesis.inputs(thesis.start(thesis.known(as_of)), {{{spelled}}})\n{HERE}")
    assert (
        "The case leaves out exit_multiple. To put it right: write thesis.case(as_of, globals())"
        in ask(book, "check").err
    )


def test_a_name_of_the_valuation_means_nothing_else(book: SmallBook, ask: Ask) -> None:
    book.edit(DIE, HERE, VALUED + f"exit_multiple = 3.0\nthesis.case(as_of, globals())\n{HERE}")
    assert "exit_multiple is a parameter of the valuation, and the chapter gives its name" in ask(book, "check").err


@pytest.mark.parametrize("name", ["bear.yml", "bear.yaml", "Bear.yml"])
def test_a_scenario_that_nobody_asked_for_is_checked(book: SmallBook, ask: Ask, name: str) -> None:
    text = "title: Bear\nreason: It may be.\nset:\n  defects: 0.1\n  defects: 0.2\n"
    (book.root / "book/scenarios" / name).write_text(text, encoding="utf-8")
    ran = ask(book, "check")
    told = "bear.yml:5: defects stands twice" if name == "bear.yml" else f"{name} can be no scenario"
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_the_correlations_are_checked(book: SmallBook, ask: Ask) -> None:
    text = "pairs:\n  - between: [defects, defect]\n    correlation: 0.5\n    reason: None.\n"
    (book.root / "book/correlations.yml").write_text(text, encoding="utf-8")
    assert (
        "correlations.yml:2: There is no parameter 'defect'. To put it right: did you mean defects?"
        in ask(book, "check").err
    )


NEW = {
    "a parameter": (INDEX, "{num}`die_yield`", "{par}`zzz`", "a new one is added to book/parameters.yml."),
    "a parameter in a cell": (
        DIE, 'defects: float = value("defects")', 'zzz: float = value("zzz")', "added to book/parameters.yml.",
    ),
    "a claim": (DIE, 'claim("yield-half"', 'claim("zzz"', "add its row to book/claims.csv."),
    "a number": (INDEX, "{num}`die_yield`", "{num}`zzz`", "record it in a chapter with number("),
    "a condition's": (INDEX, "{num}`die_yield`", "{when}`zzz > 1 | a | b`", "or add it to book/parameters.yml."),
    "a table": (DIE, 'table("accelerators"', 'table("zzz"', "add it as NAME.csv and NAME.yml to lib/shortcase/facts"),
    "a unit": ("book/parameters.yml", "unit: per cm2", "unit: zzz", "add it to UNITS in lib/shortcase/show/units.py."),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), NEW.values(), ids=NEW)
def test_where_a_new_one_is_added(  # noqa: PLR0917
    book: SmallBook, ask: Ask, name: str, old: str, new: str, told: str
) -> None:
    book.edit(name, old, new)
    ran = ask(book, "check")
    assert ran.code == 2
    assert f"To put it right: {told}" in ran.err or told in ran.err
    assert "the names are" not in ran.err


def test_a_page_without_a_kernel_is_told_the_lines_that_it_lacks(book: SmallBook, ask: Ask) -> None:
    lines = (book.root / DIE).read_text(encoding="utf-8").splitlines()[:4]
    book.edit(INDEX, "The yield", "```{code-cell}\n1\n```\n\nThe yield")
    assert "\n".join(["begin the page with these lines:", *lines]) in ask(book, "check").err


def test_all_of_it_is_told_at_once_and_for_a_program(book: SmallBook, ask: Ask) -> None:
    book.edit(DIE, "wafer_yield.poisson, defects=", "wafer_yield.poison, defects=")
    book.edit(DIE, "chip.die_area_mm2", "chip.die_area_mm")
    book.edit(COST, "years=4.0", "yeers=4.0")
    book.edit(COST, '"per year"', '"per yeer"')
    ran = ask(book, "check", "--json")
    problems = json.loads(ran.out)["problems"]
    assert ran.code == 2
    assert {problem["mend"] for problem in problems} >= {
        "did you mean poisson?", "did you mean die_area_mm2?", "did you mean years?", "did you mean per year?",
    }  # fmt: skip
    assert all(problem["where"] and problem["mend"] for problem in problems)
