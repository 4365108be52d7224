"""A parameter's range as a small picture: where the value stands in it, and where the essay's does."""

from __future__ import annotations

import math

from markupsafe import Markup

from shortcase.case.parameters import Parameter, Scalar
from shortcase.publish.site.markup import TEMPLATES
from shortcase.show.units import fmt

WIDTH, HEIGHT, EDGE = 168, 20, 8
MANY_FOLD = 20
"""A range whose ends differ by more than this factor is drawn on a logarithmic line."""


def range_svg(p: Parameter, value: Scalar) -> Markup:
    """The picture, or nothing for a parameter that states no range.

    >>> p = Parameter("x", "X", "float", "share", 0.5, "", "", essay=0.9, low=0.2, high=0.7, min=0, max=1)
    >>> print(range_svg(p, 0.5).split('"')[11])
    Value 50%, between 20% and 70%; the essay’s 90%
    """
    if p.low is None or p.high is None or not isinstance(value, (int, float)):
        return Markup()
    essay = float(p.essay) if isinstance(p.essay, (int, float)) else None
    figures = [p.low, p.high, float(value), *([] if essay is None else [essay])]
    x = _scale(min(figures), max(figures))
    said = f"Value {fmt(value, p.unit)}, between {fmt(p.low, p.unit)} and {fmt(p.high, p.unit)}"
    said += "" if essay is None else f"; the essay’s {fmt(essay, p.unit)}"
    return TEMPLATES.fill(
        "range.html",
        width=WIDTH,
        height=HEIGHT,
        edge=EDGE,
        middle=HEIGHT / 2,
        said=said,
        low=f"{x(p.low):.1f}",
        high=f"{x(p.high):.1f}",
        value=f"{x(float(value)):.1f}",
        essay=None if essay is None else f"{x(essay):.1f}",
    )


class _scale:  # noqa: N801 — used as the function that it is
    """From a figure to its place on the picture."""

    def __init__(self, low: float, high: float) -> None:
        self.log = low > 0 and high / low > MANY_FOLD
        self.low, self.high = (math.log(low), math.log(high)) if self.log else (low, high)

    def __call__(self, figure: float) -> float:
        told = math.log(figure) if self.log else figure
        part = 0.5 if self.high == self.low else (told - self.low) / (self.high - self.low)
        return EDGE + part * (WIDTH - 2 * EDGE)
