"""The bare arithmetic gives the same for figures, arrays and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shortcase.model import arithmetic
from shortcase.show.live import parity


def total(first: Any, second: Any, third: Any) -> Any:
    return arithmetic.total([first, second, third])


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (arithmetic.share, {"amount": 21.0, "whole": 140.0}),
    (arithmetic.ratio, {"numerator": 30.0, "denominator": 2.5}),
    (arithmetic.product, {"amount": 5.0, "times": 45.0}),
    (arithmetic.difference, {"amount": 0.75, "less": 0.5}),
    (arithmetic.growth, {"before": 2.95, "after": 4.43}),
    (arithmetic.excess, {"amount": 150.0, "base": 120.0}),
    (arithmetic.identity, {"figure": 142.62}),
    (total, {"first": 1.0, "second": 2.0, "third": 4.0}),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES)
def test_scalar_array_and_trace_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12
