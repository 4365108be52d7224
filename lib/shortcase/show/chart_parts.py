"""What many charts are made of: the dashed line at a value, and the picture's points in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import altair as alt
import pandas as pd

from shortcase.show.units import fmt


def points_in_words(names: Iterable[object], values: Iterable[float], unit: str, digits: int | None = None) -> str:
    r"""The points of a chart for those who cannot see it: each name with its figure, as the table has it.

    >>> points_in_words(["Nvidia", "AMD"], [0.75, 0.49], "share", 0)
    'Nvidia 75%; AMD 49%'

    Errors: ValueError for more names than figures, or fewer; BadRecord for an unknown unit.
    """
    return "; ".join(f"{name} {fmt(value, unit, digits)}" for name, value in zip(names, values, strict=True))


def reference_line(value: float, along: alt.X | alt.Y, name: str = "", *, at_start: bool = False) -> alt.LayerChart:
    """A dashed line at a value of an axis, with what it stands for, if that is not plain, written at its end.

    `along` is the channel of the axis, as the other layers of the chart have it; a line at a value of y runs across,
    and with `at_start` its name stands on the left.

    >>> spec = reference_line(1.0, alt.Y("spending:Q"), "as before").to_dict()
    >>> [part["mark"]["type"] for part in spec["layer"]], sorted(spec["layer"][1]["encoding"])
    (['rule', 'text'], ['text', 'x', 'y'])
    """
    field = str(along["shorthand"]).split(":", maxsplit=1)[0]
    base = alt.Chart(pd.DataFrame({field: [value], "line": [name]})).encode(along)
    rule = base.mark_rule(strokeDash=[4, 4])
    if isinstance(along, alt.Y):
        side: Literal["left", "right"] = "left" if at_start else "right"
        place = 0 if at_start else "width"
        words = base.mark_text(align=side, baseline="bottom", dx=3 if at_start else 0, dy=-3)
        words = words.encode(x=alt.value(place), text="line:N")
    else:
        words = base.mark_text(align="left", baseline="top", dx=4).encode(y=alt.value(0), text="line:N")
    return alt.LayerChart(layer=[rule, words] if name else [rule])
