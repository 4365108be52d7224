"""The formulas of arithmetic give the same for figures, arrays of draws and traced inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shortcase.model import arithmetic, root_finding
from shortcase.show.live import parity


def total(first: Any, second: Any, third: Any) -> Any:
    return arithmetic.total([first, second, third])


def compounded(first: Any, second: Any, third: Any) -> Any:
    return arithmetic.compounded([first, second, third])


def last_level(first: Any, second: Any, third: Any) -> Any:
    return arithmetic.running(first, [second, third], sign=-1.0)[-1]


def total_of_three(*, first: Any, second: Any, third: Any) -> Any:
    return arithmetic.total([first, second, third])


THREE = {"first": 0.3, "second": 0.5, "third": 0.2}


CASES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (arithmetic.share, {"amount": 21.0, "whole": 140.0}),
    (arithmetic.share_if_any, {"amount": 21.0, "whole": 140.0}),
    (arithmetic.share_if_any, {"amount": 0.0, "whole": 0.0}),
    (arithmetic.ratio, {"numerator": 30.0, "denominator": 2.5}),
    (arithmetic.product, {"amount": 5.0, "times": 45.0}),
    (arithmetic.difference, {"amount": 0.75, "less": 0.5}),
    (arithmetic.growth, {"before": 2.95, "after": 4.43}),
    (arithmetic.excess, {"amount": 150.0, "base": 120.0}),
    (arithmetic.differs, {"one": 0.3, "other": 0.25, "tolerance": 0.1}),
    (arithmetic.differs, {"one": 0.0, "other": 0.0, "tolerance": 0.1}),
    (arithmetic.identity, {"figure": 142.62}),
    (total, {"first": 1.0, "second": 2.0, "third": 4.0}),
    (total_of_three, THREE),
    (last_level, THREE),
    (compounded, THREE),
]


@pytest.mark.parametrize(("formula", "inputs"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_figures_arrays_and_traces_agree(formula: Callable[..., Any], inputs: dict[str, Any]) -> None:
    assert parity(formula, **inputs) < 1e-12


def test_halving_finds_the_roots_of_an_array_of_targets() -> None:
    targets = np.array([0.25, 2.0, 9.0])
    assert root_finding.find_root(np.square, targets, 0.0, 4.0) == pytest.approx(np.sqrt(targets), rel=1e-12)
