"""Figures written in the page are those of `show/units.py`, digit for digit, over 100,000 values of every unit."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest

from shortcase.show.units import UNITS, fmt

SCRIPT = Path(__file__).parents[2] / "book" / "_static" / "live" / "units.js"
NUMERIC = [name for name in UNITS if name not in ("date", "text")]
EDGES = (1.0, 0.9995, 0.99949999, 0.99950001, 0.9999, 0.095, 0.0995, 0.99995, 1 - 1e-16)
COUNT, WITH_DIGITS = 100_000, 20_000


@cache
def figures() -> list[float]:
    """Sizes of every order, typed figures, exact halves in two and in ten, and the edges where a unit changes."""
    rng = random.Random(20250125)  # noqa: S311 - no secret
    found = [0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -0.5]
    found += [round(rng.uniform(-2000, 2000), rng.randrange(5)) for _ in range(15_000)]
    found += [rng.randrange(-4000, 4000) / 2 ** rng.randrange(12) for _ in range(15_000)]
    found += [rng.randrange(1, 2000) / 2 * 10 ** rng.randrange(-6, 20) for _ in range(10_000)]
    found += [rng.choice((1, -1)) * 10.0 ** rng.randrange(-12, 26) * rng.choice(EDGES) for _ in range(5_000)]
    return found + [rng.choice((1, -1)) * 10 ** rng.uniform(-12, 26) for _ in range(COUNT - len(found))]


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(path=str(SCRIPT))
    page.evaluate("figures => { window.figures = JSON.parse(figures); }", json.dumps(figures()))
    yield page
    context.close()


@pytest.mark.parametrize("unit", NUMERIC)
def test_every_unit_is_written_alike(page, unit):
    values = figures()
    shown = page.evaluate("unit => figures.map((x) => shortcase.written(x, unit)).join('\\n')", unit).split("\n")
    assert shown == [fmt(x, unit) for x in values]
    several = "unit => figures.slice(0, 20000).map((x, i) => shortcase.written(x, unit, i % 4)).join('\\n')"
    shown = page.evaluate(several, unit).split("\n")
    assert shown == [fmt(x, unit, i % 4) for i, x in enumerate(values[:WITH_DIGITS])]


def test_the_page_knows_every_unit(page):
    assert sorted(page.evaluate("Object.keys(shortcase.UNITS)")) == sorted(NUMERIC)


@pytest.mark.parametrize(
    ("text", "unit", "like", "expected"),
    [
        ("40 %", "share", 0.5, 0.4),
        ("40", "share", 0.5, 0.4),
        ("$25,000", "USD", 30e3, 25e3),
        ("120", "USD", 115e9, 120e9),
        ("25,000,000", "USD", 115e9, 25e6),
        ("3.5 trillion", "USD", 1e9, 3.5e12),
        ("$1.2 billion a year", "USD/year", 1e9, 1.2e9),
        ("1.2", "plain", 0.8, 1.2),
        ("−3", "plain", 1.0, -3.0),
        ("5 points", "points", 0.02, 0.05),
        ("50% a year", "per year", 0.5, 0.5),
        ("5", "percent", 5.0, 5.0),
        ("3.35 TB/s", "bytes/s", 1e12, 3.35e12),
        ("45×", "multiple", 45.0, 45.0),
        ("3.29 × 10²⁴", "FLOP", 1e24, 3.29e24),
        ("8 months", "months", 8.0, 8.0),
    ],
)
def test_a_figure_is_read_as_a_person_writes_it(page, text, unit, like, expected):
    assert page.evaluate("([text, unit, like]) => shortcase.read(text, unit, like)", [text, unit, like]) == expected


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "--3", "$", "%", "NaN", "Infinity", "<script>", "9" * 100_000])
def test_what_is_no_figure_is_none(page, text):
    found = page.evaluate("text => String(shortcase.read(text, 'plain', 1))", text)
    assert found == "NaN" or float(found) > 1e50


def test_what_is_shown_to_be_changed_is_read_back_as_it_was(page):
    wrong = """
    () => Object.keys(shortcase.UNITS).flatMap((unit) => [0.8, 0.123456, 25000, 3.3e12, 0.0045, 1234.5678, 1e9]
      .filter((x) => Math.abs(shortcase.read(shortcase.typed(x, unit), unit, x) - x) > 1e-11 * x)
      .map((x) => [unit, x, shortcase.typed(x, unit)]))
    """
    assert page.evaluate(wrong) == []
