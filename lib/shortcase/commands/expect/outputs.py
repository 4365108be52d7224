"""What an output is in many cases: the valuation at once for all of them, chapters one case after the other.

A chapter's cells run without a notebook (`again.run`), with few cases drawn; what has been computed for a chapter at
some values of the parameters that it reads is kept for whoever asks next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from shortcase.case import thesis
from shortcase.case.parameters import Parameter, Scalar, as_written
from shortcase.case.thesis import chain, market, weighing
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.threats import ALL, COMBINATIONS, NONE, THREATS
from shortcase.commands.expect.cases import Case
from shortcase.errors import ADD, BadRequest, nearest
from shortcase.publish.check.book import Book
from shortcase.publish.live import again

PREFIX = "thesis."


def _with(*, threats: Sequence[float] = NONE, path: str = "value_per_share", year: int | None = None) -> Any:
    def output(case: Inputs) -> Any:
        found = getattr(chain.valuation(case, threats), path)
        return found if year is None else found[year]

    return output


def _only(*names: str) -> tuple[float, ...]:
    return tuple(float(one in names) for one in THREATS)


THESIS: Mapping[str, Callable[[Inputs], Any]] = {
    "value": _with(),
    "value_with_all": _with(threats=ALL),
    "value_probability_weighted": weighing.probability_weighted,
    **{f"value_with_{name}": _with(threats=_only(name)) for name in THREATS},
    "value_by_multiple": _with(path="value_per_share_by_multiple"),
    "terminal_part": _with(path="terminal_part"),
    "multiple_implied": _with(path="multiple_implied"),
    **{f"{path}_{when}": _with(path=full, year=year)
       for path, full in (("spending", "spending_usd"), ("share", "share"), ("gross_margin", "gross_margin"),
                          ("sales", "sales_usd"), ("profit", "profit_usd"), ("free_cash", "free_cash_usd"))
       for when, year in (("first", 0), ("last", -1))},
    "share_last_with_all": _with(threats=ALL, path="share", year=-1),
    "share_last_with_makers": _with(threats=_only("customers", "architecture"), path="share", year=-1),
    **{f"{path}_last_with_{name}": _with(threats=_only(name), path=full, year=-1)
       for path, full in (("share", "share"), ("spending", "spending_usd")) for name in THREATS},
    "price_last": _with(path="price", year=-1),
    "price_last_with_all": _with(threats=ALL, path="price", year=-1),
    "margin_last_with_all": _with(threats=ALL, path="gross_margin", year=-1),
    "spending_left": lambda case: chain.spending_left(case, 1.0)[-1],
    "spending_left_first": lambda case: chain.spending_left(case, 1.0)[0],
    "ceiling_last": lambda case: market.market_of(case).most_usd[-1],
    "wanted_last": lambda case: market.market_of(case).wanted_usd[-1],
    "packaged_last": lambda case: market.packaged(case, market.YEARS[-1]),
    "output_needed": chain.output_needed,
    "start_share": lambda case: case.start.market_share,
    "opening_sales": lambda case: case.start.data_center_usd + case.start.other_usd,
    "chances": lambda case: weighing.mean([1.0] * COMBINATIONS, weighing.chances(case)),
    "parts_in_full": lambda case: sum(weighing.parts_in_full(case).values()),
    "parts_probability_weighted": lambda case: sum(weighing.parts(case).values()),
}  # fmt: skip
"""Outputs of the valuation, by the name under which an expectation asks for them."""


@dataclass
class Outputs:
    """The outputs of a book."""

    book: Book
    _kept: dict[tuple[str, tuple[Any, ...]], Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def documented(self) -> dict[str, Scalar]:
        """Every parameter's documented value."""
        return {name: p.value for name, p in as_written().items()}

    @cached_property
    def start(self) -> thesis.Start:
        """Where the valuation begins: the facts of the documented day."""
        return thesis.start(thesis.known(str(self.documented["as_of"])))

    @cached_property
    def homes(self) -> dict[str, str]:
        """The chapter of each number."""
        return {key: name for name, code in self.book.codes.items() for key in code.named("number")}

    def known(self, name: str, where: str) -> None:
        """Whether there is such an output.

        Errors: BadRequest for an unknown one, with the nearest right name.
        """
        every = {*self.homes, *as_written(), *(f"{PREFIX}{one}" for one in THESIS)}
        if name not in every:
            mend = nearest(name, every, new=ADD["number or parameter"])
            raise BadRequest(f"There is no output {name!r}", where=where, mend=mend)

    def chapters(self, names: Sequence[str]) -> list[str]:
        """The chapters that outputs come from."""
        return sorted({self.homes[name] for name in names if name in self.homes})

    def inputs(self, names: Sequence[str]) -> list[Parameter]:
        """The parameters, figures all, that outputs rest on."""
        read: set[str] = set()
        for name in names:
            if name.startswith(PREFIX):
                read |= set(PARAMETERS)
            elif name in self.homes:
                read |= {one.name for one in self.book.dependencies("number", name) if one.kind == "parameter"}
            else:
                read.add(name)
        return [p for p in as_written().values() if p.name in read and p.kind in ("float", "int")]

    def values(self, names: Sequence[str], cases: Sequence[Case]) -> dict[str, np.ndarray]:
        """Each output in each case, in the order of the cases.

        Errors: what a chapter raises.
        """
        found = {}
        for name in names:
            if name.startswith(PREFIX):
                found[name] = self._of_thesis(name.removeprefix(PREFIX), cases)
            elif name in self.homes:
                told = [self._of_chapter(self.homes[name], case)[name] for case in cases]
                found[name] = np.asarray(told, dtype=float)
            else:
                told = [case.get(name, self.documented[name]) for case in cases]
                found[name] = np.asarray(told, dtype=float)
        return found

    def _of_chapter(self, chapter: str, case: Case) -> Mapping[str, Any]:
        code = self.book.codes[chapter]
        values = {**self.documented, **case}
        key = (chapter, tuple(values[name] for name in sorted(code.parameters_read)))
        if key not in self._kept:
            told = again.run(code, values)
            self._kept[key] = {name: float(one.value) for name, one in told.numbers.items()}
        return self._kept[key]

    def _of_thesis(self, name: str, cases: Sequence[Case]) -> np.ndarray:
        moved = sorted({one for case in cases for one in case}.intersection(PARAMETERS))
        columns = {one: np.array([float(case.get(one, self.documented[one])) for case in cases]) for one in moved}
        whole = thesis.inputs(self.start, {**self.documented, **columns})
        with np.errstate(all="ignore"):
            found = THESIS[name](whole)
        return np.broadcast_to(np.asarray(found, dtype=float), (len(cases),))
