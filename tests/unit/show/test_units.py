"""Every unit writes every figure that a chapter may hand it, and a figure that cannot be shown is refused."""

from __future__ import annotations

import datetime as dt
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortcase.errors import BadRecord
from shortcase.show.units import NBSP, SUPERSCRIPTS, UNITS, fmt, money, percent, plain, prefixed, scientific, worded

FIGURES = sorted(set(UNITS) - {"date", "text"})
POWERS = {after: chr(before) for before, after in SUPERSCRIPTS.items()}


def read(text: str) -> float:
    """The figure that a reader takes from `1.5`, `−3.2 × 10⁻⁴` or `671 billion`."""
    figure = re.fullmatch(rf"(−?)([\d,.]+)(?:{NBSP}×{NBSP}10(\S+))?(?:{NBSP}(\w+))?", text)
    assert figure, text
    sign, digits, power, word = figure.groups()
    scale = {None: 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}[word]
    exponent = int("".join(POWERS[ord(c)] for c in power)) if power else 0
    return (-1 if sign else 1) * float(digits.replace(",", "")) * scale * 10.0**exponent


@given(st.floats(min_value=1e-250, max_value=1e250), st.sampled_from([-1, 1]))
def test_a_figure_reads_back_within_half_a_percent(size: float, sign: int) -> None:
    x = sign * size
    for write in (plain, scientific):
        assert read(write(x)) == pytest.approx(x, rel=5.1e-3)
    if 1e-6 <= size < 1e15:
        assert read(worded(x)) == pytest.approx(x, rel=5.1e-3)


@pytest.mark.parametrize("unit", FIGURES)
@pytest.mark.parametrize("x", [0.0, -0.0, 1.0, -1.0, 1e-30, -1e-30, 0.9996, 999.6, 1e30, -1e30, 5e-324, 1e300])
def test_every_unit_writes_extremes_short_and_plain(unit: str, x: float) -> None:
    text = fmt(x, unit)
    if unit not in ("share", "percent", "per year", "log share", "calendar year") and abs(x) <= 1e18:
        assert len(text) <= 40
    assert not re.search(r"\de[+-]?\d|nan|inf", text)
    assert ("−" in text and text.index("−") <= 6) or x >= 0 or unit == "calendar year"


@pytest.mark.parametrize("unit", FIGURES)
@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_what_is_not_finite_is_refused(unit: str, x: float) -> None:
    with pytest.raises(BadRecord, match="cannot be shown"):
        fmt(x, unit)


@pytest.mark.parametrize("x", [np.float64(0.5534), np.float32(0.5534), np.array(0.5534)])
def test_numpy_scalars_are_figures(x: float) -> None:
    assert fmt(x, "share") == "55.3%"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (prefixed(999.4, "W"), "999 W"),
        (prefixed(999.6, "W"), "1 kW"),
        (prefixed(3.35e12, "B/s"), "3.35 TB/s"),
        (worded(999_499.0), "999,499"),
        (worded(999_500.0), "1 million"),
        (worded(671e9), "671 billion"),
        (scientific(9.996e23), "1 × 10²⁴"),
        (money(999_499.0), "$999,499"),
        (money(999_600.0), "$1 million"),
        (money(3.0, digits=2), "$3.00"),
        (percent(0.9996), "100%"),
        (plain(1234.5, digits=1), "1,234.5"),
        (plain(-0.001, digits=2), "0.00"),
        (fmt(1, "GPU-h"), "1 GPU-hour"),
        (fmt(1e6, "GPU-h"), "1 million GPU-hours"),
        (fmt(0.01, "points"), "1 point"),
        (fmt(-0.05, "points"), "−5 points"),
        (fmt(2025, "calendar year"), "2025"),
        (fmt(dt.date(2025, 1, 5), "date"), "5 January 2025"),
        (fmt("flat", "text"), "flat"),
    ],
)
def test_worked_figures(text: str, shown: str) -> None:
    assert text.replace(NBSP, " ") == shown


def test_what_has_no_unit_or_is_no_date_is_told() -> None:
    with pytest.raises(BadRecord, match="did you mean years"):
        fmt(1, "year")
    with pytest.raises(BadRecord, match="is no date"):
        fmt("soon", "date")
    with pytest.raises(BadRecord, match="is no date"):
        fmt(3.0, "date")
