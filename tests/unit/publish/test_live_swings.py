"""The order in which a page offers its parameters: by how far they move its answer over their stated ranges."""

from __future__ import annotations

from typing import Any

from shortcase.case.parameters import registry
from shortcase.publish.live import swings

NAMES = ["demand_elasticity", "demand_growth", "as_of"]
OPS: list[tuple[Any, ...]] = [
    ("input", "demand_elasticity"),
    ("input", "demand_growth"),
    ("multiply", 0, ("const", 1000.0)),
    ("add", 1, ("const", 1000.0)),
]
VALUES = {name: registry()[name].value for name in NAMES}


def swing(low: float, high: float) -> float:
    return abs(high - low) / max(abs(high), abs(low))


def test_the_strongest_comes_first_and_what_has_no_range_last() -> None:
    p, q = registry()["demand_elasticity"], registry()["demand_growth"]
    assert swing(1000.0 * p.low, 1000.0 * p.high) > swing(q.low + 1000.0, q.high + 1000.0)
    assert swings.ranked(OPS, [2, 3], NAMES[::-1], VALUES) == NAMES


def test_figures_weigh_by_their_own_size() -> None:
    # One figure of a thousandth moves with growth by its whole range; one of thousands hardly moves with elasticity.
    ops = [*OPS[:2], ("multiply", 1, ("const", 1e-3)), ("add", 0, ("const", 1e6))]
    assert swings.ranked(ops, [2, 3], NAMES[:2], VALUES) == ["demand_growth", "demand_elasticity"]


def test_a_figure_that_is_not_finite_at_an_end_tells_nothing() -> None:
    low = registry()["demand_elasticity"].low
    assert low is not None
    ops = [*OPS[:2], ("subtract", 0, ("const", low)), ("divide", ("const", 1.0), 2), ("add", 1, ("const", 1.0))]
    assert swings.ranked(ops, [3, 4], NAMES[:2], VALUES) == ["demand_growth", "demand_elasticity"]


def test_a_page_without_figures_keeps_the_order_it_was_given() -> None:
    assert swings.ranked(OPS, [("const", 1.0)], NAMES, VALUES) == NAMES
