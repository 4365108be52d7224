"""How a figure is written: one rule a unit, the same in prose, tables, traces, charts and on the command line.

Values are held in base units (bytes, FLOP/s, dollars, shares of one); the reader sees 3.35 TB/s, 989 TFLOP/s,
$5.58 million, 55.3%.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shortcase.errors import ADD, BadRecord, nearest

NBSP = "\u00a0"
SI = ((1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""))
WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(x: float, digits: int | None = None) -> str:
    r"""A bare figure: whole above a hundred, three significant digits below, no digits that say nothing.

    Where the digits could not be counted any more, below a millionth and from 10¹⁵ on, a power of ten stands.

    >>> [plain(x) for x in (46225.0, 6818.18, 56.786, 2.64, 7.0, 0.5628, 0.0123, -3.2)]
    ['46,225', '6,818', '56.8', '2.64', '7', '0.563', '0.0123', '−3.2']
    >>> plain(56.786, digits=2)
    '56.79'
    >>> plain(3.2e24), plain(1.5e-9)
    ('3.2\xa0×\xa010²⁴', '1.5\xa0×\xa010⁻⁹')
    """
    size = abs(x)
    if size != 0 and not 1e-6 <= size < 1e15 and digits is None:
        return scientific(x)
    if digits is not None:
        text = f"{size:,.{digits}f}"
    elif size >= 99.95 or size == round(size):
        text = f"{size:,.0f}"
    else:
        decimals = 2 - math.floor(math.log10(size))
        text = f"{size:,.{decimals}f}".rstrip("0").rstrip(".")
    return f"−{text}" if x < 0 and float(text.replace(",", "")) != 0 else text


def prefixed(x: float, unit: str, digits: int | None = None) -> str:
    """With an SI prefix: `prefixed(3.35e12, "B/s")` is 3.35 TB/s."""
    scale, prefix = next((s for s in SI if abs(x) >= s[0] * 0.9995), SI[-1])
    return f"{plain(x / scale, digits)}{NBSP}{prefix}{unit}"


def worded(x: float, digits: int | None = None) -> str:
    """Large counts in words: `worded(671e9)` is 671 billion."""
    for scale, word in WORDS:
        if abs(x) >= scale * 0.9995:
            return f"{plain(x / scale, digits)}{NBSP}{word}"
    return plain(x, digits)


def scientific(x: float, digits: int | None = None) -> str:
    r"""Powers of ten, three significant digits, or so many decimals.

    >>> [scientific(x) for x in (3.29e24, 9.996e23, -2.5e-5, 0.0)]
    ['3.29\xa0×\xa010²⁴', '1\xa0×\xa010²⁴', '−2.5\xa0×\xa010⁻⁵', '0']
    """
    if x == 0:
        return "0"
    mantissa, exponent = f"{x:.{2 if digits is None else digits}e}".split("e")
    power = str(int(exponent)).translate(SUPERSCRIPTS)
    return f"{plain(float(mantissa), digits)}{NBSP}×{NBSP}10{power}"


def exact(x: float, digits: int = 6) -> str:
    r"""A bare figure to so many significant digits, for whoever wants to compute with it; large ones in words.

    >>> [exact(x) for x in (3.49276e12, 113_269_000_000, 0.8, -0.2, 142.62, 1979.0, 25000, 0.0)]
    ['3.49276\xa0trillion', '113.269\xa0billion', '0.8', '−0.2', '142.62', '1,979', '25,000', '0']
    >>> exact(3.29e24), exact(2.5e-7), exact(2 / 3, 4), exact(999_999_999_999.9)
    ('3.29\xa0×\xa010²⁴', '2.5\xa0×\xa010⁻⁷', '0.6667', '1\xa0trillion')
    """
    size, sign = abs(x), "−" if x < 0 else ""
    if not math.isfinite(x):
        return str(x)
    if size and not 1e-5 <= size < 1e15:
        mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
        return f"{sign}{float(mantissa):g}{NBSP}×{NBSP}10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    scale, word = next(((scale, word) for scale, word in WORDS if float(f"{size:.{digits}g}") >= scale), (1.0, ""))
    text = f"{sign}{float(f'{size / scale:.{digits}g}'):,.15g}"
    return f"{text}{NBSP}{word}" if word else text


def money(x: float, digits: int | None = None) -> str:
    r"""Dollars: cents below a thousand where there are any, two significant digits below a dime, words from a million.

    >>> [money(x) for x in (142.62, 25000, 5.576e6, -3.4928e12, 2, 0.0786, 0.55)]
    ['$142.62', '$25,000', '$5.58\xa0million', '−$3.49\xa0trillion', '$2', '$0.079', '$0.55']
    >>> [money(x) for x in (999.999, 0.0999, 0.00001234, -0.5, 0.0)]
    ['$1,000.00', '$0.10', '$0.000012', '−$0.50', '$0']
    >>> money(8.23, 1), money(8.23, 0), money(8.23e9, 1), money(-0.3, 0)
    ('$8.23', '$8', '$8.2\xa0billion', '$0')
    """
    sign, size = ("−" if x < 0 else ""), abs(x)
    if digits == 1 and size < 1000:
        digits = 2  # nobody writes $8.2
    if size >= 1000 or digits is not None:
        text = worded(size, digits)
        return f"{sign if text.strip('0.') else ''}${text}"
    if size == round(size):
        return f"{sign}${size:,.0f}"
    return f"{sign}${size:,.2f}" if size >= 0.0995 else f"{sign}${plain(float(f'{size:.2g}'))}"


def percent(x: float, digits: int | None = None) -> str:
    """A share of one as per cent: `percent(0.5534)` is 55.3%. Only nothing reads as 0%.

    >>> [percent(x) for x in (0.5534, 0.9, 0.0025, -0.082, 1.43, 0.05555)]
    ['55.3%', '90%', '0.25%', '−8.2%', '143%', '5.6%']
    >>> percent(1e-20), percent(-1e-20), percent(0.002, digits=0), percent(0.0)
    ('under 0.01%', 'above −0.01%', 'under 1%', '0%')
    """
    y = x * 100
    shown = (0 if abs(y) >= 99.95 else 1 if abs(y) >= 0.95 else 2) if digits is None else digits
    text = f"{abs(y):,.{shown}f}"
    if y != 0 and float(text.replace(",", "")) == 0:
        least = f"{10.0**-shown:.{shown}f}"
        return f"above −{least}%" if y < 0 else f"under {least}%"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{'−' if y < 0 else ''}{text}%"


Formatter = Callable[[float, int | None], str]


@dataclass(frozen=True)
class Unit:
    """A unit: what it is called, and how a figure in it is written."""

    about: str
    write: Formatter


def _after(suffix: str, number: Formatter = worded, *, one: str | None = None) -> Formatter:
    def write(x: float, digits: int | None) -> str:
        text = number(x, digits)
        return f"{text}{NBSP}{one if one and text.lstrip('−') == '1' else suffix}"

    return write


def _si(suffix: str) -> Formatter:
    return lambda x, digits: prefixed(x, suffix, digits)


def _dollars_per(suffix: str) -> Formatter:
    return lambda x, digits: f"{money(x, digits)} {suffix}"


UNITS: dict[str, Unit] = {
    "share": Unit("share of one, written in per cent", percent),
    "percent": Unit("per cent, held as written", lambda x, d: percent(x / 100, d)),
    "points": Unit(
        "percentage points, held as a share of one", _after("points", lambda x, d: plain(x * 100, d), one="point")
    ),
    "multiple": Unit("times", lambda x, d: f"{worded(x, d)}×"),
    "ratio": Unit("one thing over another, bare", plain),
    "count": Unit("how many", worded),
    "plain": Unit("a bare figure", plain),
    "USD": Unit("US dollars", money),
    "USD/year": Unit("US dollars a year", _dollars_per("a year")),
    "USD/day": Unit("US dollars a day", _dollars_per("a day")),
    "USD/h": Unit("US dollars an hour", _dollars_per("an hour")),
    "USD/GPU-h": Unit("US dollars a GPU-hour", _dollars_per("a GPU-hour")),
    "USD/kWh": Unit("US dollars a kilowatt-hour", _dollars_per("per kWh")),
    "USD/Mtoken": Unit("US dollars a million tokens", _dollars_per("per million tokens")),
    "USD/share": Unit("US dollars a share", _dollars_per("a share")),
    "years": Unit("years", _after("years", one="year")),
    "quarters": Unit("quarters of a year", _after("quarters", one="quarter")),
    "months": Unit("months", _after("months", one="month")),
    "weeks": Unit("weeks", _after("weeks", one="week")),
    "days": Unit("days", _after("days", one="day")),
    "hours": Unit("hours", _after("hours", one="hour")),
    "GPU-h": Unit("GPU-hours", _after("GPU-hours", one="GPU-hour")),
    "minutes": Unit("minutes", _after("minutes", one="minute")),
    "seconds": Unit("seconds", _after("s")),
    "calendar year": Unit("a year of the calendar", lambda x, _: f"{x:.0f}"),
    "USD/month": Unit("US dollars a month", _dollars_per("a month")),
    "USD/task": Unit("US dollars a task", _dollars_per("a task")),
    "per year": Unit("rate a year, written in per cent", lambda x, d: f"{percent(x, d)} a year"),
    "tokens": Unit("tokens", _after("tokens", one="token")),
    "tokens/s": Unit("tokens a second", _after("tokens/s")),
    "tokens/day": Unit("tokens a day", _after("tokens a day")),
    "words/min": Unit("words a minute", _after("words a minute")),
    "bytes": Unit("bytes, decimal prefixes", _si("B")),
    "bytes/s": Unit("bytes a second", _si("B/s")),
    "bytes/token": Unit("bytes a token", lambda x, d: f"{plain(x, d)}{NBSP}bytes per token"),
    "GiB": Unit("2³⁰ bytes, held in GiB", _after("GiB")),
    "bits": Unit("bits", _after("bits", one="bit")),
    "FLOP": Unit("floating-point operations", _after("FLOP", scientific)),
    "FLOP/s": Unit("floating-point operations a second", _si("FLOP/s")),
    "FLOP/token": Unit("floating-point operations a token", _si("FLOP per token")),
    "FLOP/byte": Unit("floating-point operations a byte moved", _after("FLOP per byte")),
    "parameters": Unit("parameters of a model", _after("parameters", one="parameter")),
    "W": Unit("watts", _si("W")),
    "mm": Unit("millimetres", _after("mm")),
    "mm2": Unit("square millimetres", _after("mm²", plain)),
    "per cm2": Unit("per square centimetre", _after("per cm²", plain)),
    "orders of magnitude": Unit("powers of ten", _after("orders of magnitude", one="order of magnitude")),
    "log share": Unit("share of the logarithm of a multiple, written in per cent", percent),
    "date": Unit("a day", plain),
    "text": Unit("words", plain),
}


def fmt(value: Any, unit: str, digits: int | None = None) -> str:
    r"""A figure as the reader sees it; words and days of whatever type a table holds them in.

    >>> fmt(0.5534, "share"), fmt(989.5e12, "FLOP/s"), fmt("2025-01-25", "date")
    ('55.3%', '990\xa0TFLOP/s', '25\xa0January\xa02025')
    >>> fmt(1.0, "years"), fmt(0.5, "years"), fmt(-1.2e9, "tokens")
    ('1\xa0year', '0.5\xa0years', '−1.2\xa0billion\xa0tokens')

    Errors: BadRecord for an unknown unit, a date that is none, or a figure that is not finite.
    """
    if unit not in UNITS:
        raise BadRecord(f"There is no unit {unit!r}", mend=nearest(unit, UNITS, new=ADD["unit"]))
    if unit == "date":
        return _day(value)
    if unit == "text" or isinstance(value, (str, bool, dt.date)):
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        raise BadRecord(f"A figure in {unit} is {number}, which cannot be shown")
    return UNITS[unit].write(number, digits)


def _day(value: object) -> str:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        raise BadRecord(f"{value!r} is no date", mend="write YYYY-MM-DD") from None
    return f"{day.day}{NBSP}{day:%B}{NBSP}{day.year}"


def bounds(low: float | None, high: float | None, unit: str) -> str:
    r"""What is asked of a figure, in words; of a switch, an input of the unit `succeeds`, whether it is on.

    >>> bounds(None, 0.029, "share"), bounds(0.5, None, "share"), bounds(1.0, 2.0, "USD"), bounds(1.0, None, "succeeds")
    ('at most 2.9%', 'at least 50%', 'from $1 to $2', 'succeeds')
    """
    if unit == "succeeds":
        return "succeeds" if low is not None else "does not succeed"
    ends = tuple(None if end is None else fmt(end, unit) for end in (low, high))
    if None not in ends:
        return f"from {ends[0]} to {ends[1]}"
    return f"at most {ends[1]}" if low is None else f"at least {ends[0]}"
