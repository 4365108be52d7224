"""The book under every scenario, as one site: what is executed, what its pages tell of one another, what is refused."""

from __future__ import annotations

import re

from small_book import Ask, SmallBook

from shortcase.publish.site import site_check

SCENARIOS = "# Scenarios\n\n```{scenario-list}\n```\n"
STATUS = "# Status\n\n```{build-status}\n```\n"


def test_one_site_holds_the_book_under_every_scenario(built: SmallBook) -> None:
    for name, text in (("scenarios", SCENARIOS), ("status", STATUS)):
        (built.root / f"book/{name}.md").write_text(text, encoding="utf-8")
        built.edit("_toc.yml", "  - file: book/cost\n", f"  - file: book/cost\n  - file: book/{name}\n")
    before = built.snapshot("_build/html")
    ran = built.shortcase("build", "--all")
    assert ran.code == 0, ran.err
    assert re.findall(r"^(\w+): executed", ran.err, re.MULTILINE) == ["die_yield"]  # what the essay's value changes
    assert built.snapshot("_build/html") == before

    site = built.root / "_build/site"
    assert sorted(site_check.problems(site)) == []
    home, other = (site / path / "book" for path in ("", "scenarios/essay"))
    documented, essay = ((place / "die_yield.html").read_text(encoding="utf-8") for place in (home, other))
    assert "44.3%" in documented  # exp(−0.814)
    assert "19.6%" in essay  # exp(−1.628)
    assert 'href="../scenarios/essay/book/die_yield.html"' in documented
    assert 'href="../../../book/die_yield.html"' in essay
    assert "Read the whole book under it" in (home / "scenarios.html").read_text(encoding="utf-8")
    assert "This book is built under it" in (other / "scenarios.html").read_text(encoding="utf-8")

    again = built.shortcase("build", "--all")
    assert (again.code, re.findall(r": executed", again.err)) == (0, [])


def test_a_book_that_was_built_alone_tells_of_no_other(built: SmallBook) -> None:
    page = (built.root / "_build/html/book/die_yield.html").read_text(encoding="utf-8")
    assert "scenario-switch" not in page


def test_single_values_are_not_set_in_every_scenario(book: SmallBook, ask: Ask) -> None:
    ran = ask(book, "build", "--all", "--set", "defects=0.2")
    assert ran.code == 2
    assert "leave out --scenario and --set" in ran.err
