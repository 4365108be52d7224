"""What many charts are made of: the dashed line at a value, and the picture's points in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from shortcase.show.units import fmt


def points_in_words(names: Iterable[object], values: Iterable[float], unit: str, digits: int | None = None) -> str:
    r"""The points of a chart for those who cannot see it: each name with its figure, as the table has it.

    >>> points_in_words(["Nvidia", "AMD"], [0.75, 0.49], "share", 0)
    'Nvidia 75%; AMD 49%'

    Errors: ValueError for more names than figures, or fewer; BadRecord for an unknown unit.
    """
    return "; ".join(f"{name} {fmt(value, unit, digits)}" for name, value in zip(names, values, strict=True))


def reference_line(
    value: float | pd.Timestamp, along: alt.X | alt.Y, name: str, *, at_start: bool = False, color: str | None = None
) -> alt.LayerChart:
    """A dashed line at a value of an axis, with what it stands for written at its end.

    `along` is the channel of the axis, as the other layers of the chart have it; a line at a value of y runs across,
    and with `at_start` its name stands on the left, or for a line at a value of x at the foot. `color` is for the one
    line that the chart is about, or the price.

    >>> spec = reference_line(1.0, alt.Y("spending:Q"), "as before").to_dict()
    >>> [part["mark"]["type"] for part in spec["layer"]], sorted(spec["layer"][1]["encoding"])
    (['rule', 'text'], ['text', 'x', 'y'])
    """
    field = str(along["shorthand"]).split(":", maxsplit=1)[0]
    base = alt.Chart(pd.DataFrame({field: [value], "line": [name]})).encode(along)
    mark: dict[str, Any] = {} if color is None else {"color": color}
    rule = base.mark_rule(strokeDash=[4, 4], strokeWidth=1.5 if color is None else 2, **mark)
    if isinstance(along, alt.Y):
        side: Literal["left", "right"] = "left" if at_start else "right"
        place = 0 if at_start else "width"
        words = base.mark_text(align=side, baseline="bottom", dx=3 if at_start else 0, dy=-3, **mark)
        words = words.encode(x=alt.value(place), text="line:N")
    else:
        # To the left of a line in the right half, where there would be no room beyond it.
        late = f"scale('x', datum['{field}']) > width / 2"
        aside: dict[str, Any] = {
            "align": alt.ExprRef(f"{late} ? 'right' : 'left'"),
            "dx": alt.ExprRef(f"{late} ? -4 : 4"),
        }
        foot: Literal["bottom", "top"] = "bottom" if at_start else "top"
        words = base.mark_text(baseline=foot, dy=-3 if at_start else 0, **aside, **mark)
        words = words.encode(y=alt.value("height" if at_start else 0), text="line:N")
    return alt.LayerChart(layer=[rule, words])


def room_beside(values: Iterable[float], *, before: float = 0.0, after: float = 0.0) -> list[float]:
    """The ends of an axis that holds these values, with room beside them for words, as parts of their span.

    >>> room_beside([100.0, 140.0, 120.0], before=0.5, after=0.25)
    [80.0, 150.0]

    Errors: ValueError for no values.
    """
    held = list(values)
    low, high = min(held), max(held)
    return [low - before * (high - low), high + after * (high - low)]


def on_steps(values: Iterable[float], step: float) -> np.ndarray:
    """Which values lie on whole multiples of a step: the points of a curve that its table keeps.

    >>> on_steps([0.0, 0.05, 0.1, 0.30000000000000004], 0.1)
    array([ True, False,  True,  True])
    """
    steps = np.asarray(list(values)) / step
    kept: np.ndarray = np.isclose(steps, np.round(steps), rtol=0.0, atol=1e-6)
    return kept


def zero_line(along: alt.X | alt.Y) -> alt.Chart:
    """A line at zero of an axis, which says what it is by where it lies.

    >>> zero_line(alt.Y("gain:Q")).to_dict()["mark"]["type"]
    'rule'
    """
    field = str(along["shorthand"]).split(":", maxsplit=1)[0]
    line: alt.Chart = alt.Chart(pd.DataFrame({field: [0.0]})).encode(along).mark_rule()
    return line
