"""A chapter run in this process on values of one's choice: its numbers and verdicts, without a notebook and a page.

Faster than the press by what is not looked at here, and by fewer draws where a test asks for them; the cells are those
of the page.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from shortcase.case import parameters
from shortcase.case.parameters import Scalar
from shortcase.case.thesis import answer, distribution, means, roots, sensitivity, shapley_effects
from shortcase.publish.read.pages import Page
from shortcase.show import charts
from shortcase.show.record import MIME

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS = "parameters"
"""The tag of the cell whose assignments the press overrides."""


@dataclass
class Rehearsed:
    """What a chapter recorded."""

    numbers: dict[str, float] = field(default_factory=dict)
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def take(self, data: Any) -> None:
        """Keep a record; whatever else is displayed is looked at by other tests."""
        record = data.get(MIME) if isinstance(data, Mapping) else None
        if not record:
            return
        if record["record"] == "number":
            self.numbers[record["key"]] = record["value"]
        elif record["record"] == "claim":
            self.claims[record["id"]] = record

    def chart(self, _: Any, *, data: Any = None, **said: Any) -> None:
        """Keep the title of a chart; its figures must be figures, and no picture is drawn."""
        words = charts.Words(said["id"], said["title"], said["alt"])
        self.titles[words.identity] = words.title
        if data is not None:
            assert np.isfinite(data.select_dtypes("number").to_numpy(dtype=float, na_value=0.0)).all(), words.identity


class Drawn:
    """Stands for Altair, whose charts take most of a chapter's time: whatever is asked of it is itself."""

    def __getattr__(self, name: str) -> Drawn:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Drawn:
        return self

    def __eq__(self, other: object) -> Any:
        return self

    def __add__(self, other: object) -> Drawn:
        return self

    __radd__ = __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __and__ = __or__ = __getitem__ = __add__
    __hash__ = object.__hash__


FEW = 64
"""Draws of a distribution where a test runs a chapter many times."""


@contextmanager
def chosen(values: Mapping[str, Scalar]) -> Iterator[None]:
    """The registry as the press shows it to a chapter of a build on these values."""
    with patch.dict(os.environ, {parameters.CHOSEN: json.dumps(dict(values))}):
        parameters.registry.cache_clear()
        try:
            yield
        finally:
            parameters.registry.cache_clear()


@cache
def compiled(page: Page) -> list[tuple[Any, bool]]:
    """The cells of a chapter, and whether each is that of the parameters."""
    return [(compile(c.source, f"{page.name}:{c.line}", "exec"), PARAMETERS in c.tags) for c in page.code]


def rehearse(page: Page, values: Mapping[str, Scalar]) -> Rehearsed:
    """The chapter, on the documented values but for those that are given.

    Errors: whatever the first failing cell raises.
    """
    found = Rehearsed()
    space: dict[str, Any] = {"__name__": "__main__"}
    with chosen(values), swift(found), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for cell, of_parameters in compiled(page):
            exec(cell, space)  # noqa: S102 - the book's own cells
            if of_parameters:
                space.update({name: value for name, value in values.items() if name in space})
    return found


@contextmanager
def swift(found: Rehearsed) -> Iterator[None]:
    """Few draws, coarse searches and no pictures: what a sentence says does not hang on their digits."""
    fewer = partial(distribution.distribution, draws=FEW)
    with (
        patch.dict(sys.modules, {"altair": Drawn()}),
        patch("shortcase.show.record.display", lambda data, **_: found.take(data)),
        patch("shortcase.show.tables.display", lambda *_, **__: None),
        patch("shortcase.show.chart", found.chart),
        patch("shortcase.show.reference_line", lambda *_, **__: Drawn()),
        patch.object(answer, "distribution", lambda case, _, **rest: fewer(case, **rest)),
        patch.object(distribution, "REPLICATES", 2),
        patch.object(means.convergence, "__defaults__", ((16, 32),)),
        patch.object(roots, "GRID", 7),
        patch.object(sensitivity, "variance_parts", fewer_of(sensitivity.variance_parts)),
        patch.object(shapley_effects, "group_effects", fewer_of(shapley_effects.group_effects)),
    ):
        yield


def fewer_of(function: Any) -> Any:
    """The same with as few draws as its blocks allow."""
    return lambda case, draws, *rest, **more: function(case, min(draws, FEW), *rest, **more)
