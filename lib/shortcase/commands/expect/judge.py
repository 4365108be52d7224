"""Whether an expectation holds over its cases; where it fails, the smallest case in which it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shortcase.case.expectations import MOVES, Expectation
from shortcase.case.parameters import Scalar, find
from shortcase.commands.expect import cases as making
from shortcase.commands.expect import expression
from shortcase.commands.expect.cases import Case
from shortcase.commands.expect.outputs import PREFIX, Outputs
from shortcase.errors import BadRequest, ShortcaseError

PASSED, FAILED, ERROR, NOT_RUN = "passed", "failed", "error", "not run"
OUTCOMES = (FAILED, ERROR, NOT_RUN, PASSED)
DRAWS = {True: 512, False: 6}
"""Random cases, where the valuation alone is asked, which computes them all at once, and where a chapter is."""
POINTS = {True: 5, False: 3}
"""Values of an input from one end to the other, likewise."""
TINY = 1e-300


@dataclass(frozen=True)
class Outcome:
    """What became of an expectation."""

    expectation: Expectation
    outcome: str
    cases: int = 0
    counterexample: Mapping[str, Scalar] | None = None
    told: str = ""


@dataclass(frozen=True)
class _Test:
    """An expectation with its expressions read, ready to be asked of any cases."""

    one: Expectation
    outputs: Outputs
    output: object
    bounds: tuple[object, ...]
    names: tuple[str, ...]

    @property
    def quick(self) -> bool:
        """Whether no chapter has to run."""
        return not self.outputs.chapters(self.names)

    def failing(self, cases: Sequence[Case]) -> list[tuple[Case, str]]:
        """The cases in which it does not hold, each with what was found."""
        return self._moving(cases) if self.one.kind in MOVES else self._being(cases)

    def _moving(self, cases: Sequence[Case]) -> list[tuple[Case, str]]:
        p = find(self.one.against)
        grid = making.along(p, self.one.across, POINTS[self.quick])
        found = []
        rows = [[one for x in grid if making.sensible(one := {**case, p.name: x})] for case in cases]
        values = iter(self._values([one for row in rows for one in row], self.output).tolist())
        for case, row in zip(cases, rows, strict=True):
            told = [next(values) for _ in row]
            wrong = against(np.asarray(told), self.one.kind, self.one.tolerance) if len(told) > 1 else ""
            if wrong:
                xs = ", ".join(f"{y:.6g} at {one[p.name]:g}" for one, y in zip(row, told, strict=True))
                found.append((case, f"{wrong} as {p.name} rises: {xs}"))
        return found

    def _being(self, cases: Sequence[Case]) -> list[tuple[Case, str]]:
        told = self._values(cases, self.output)
        limits = [self._values(cases, bound) for bound in self.bounds]
        low, high = limits[0], limits[-1]
        scale = np.maximum(np.maximum(np.abs(low), np.abs(high)), np.abs(told))
        slack = self.one.tolerance * np.where(np.isfinite(scale), scale, 1.0) + TINY
        with np.errstate(invalid="ignore"):
            wrong = ~((told >= low - slack) & (told <= high + slack))
        word = "not from" if self.one.kind == "within" else "not"
        return [
            (case, f"it is {told[i]:.10g}, {word} {low[i]:.10g}" + (f" to {high[i]:.10g}" if len(limits) > 1 else ""))
            for i, case in enumerate(cases)
            if wrong[i]
        ]

    def _values(self, cases: Sequence[Case], tree: object) -> np.ndarray:
        names = expression.names(tree)  # type: ignore[arg-type]
        known = self.outputs.values(names, cases)
        with np.errstate(all="ignore"):
            found = expression.value(tree, known)  # type: ignore[arg-type]
        return np.broadcast_to(np.asarray(found, dtype=float), (len(cases),))


def against(values: np.ndarray, kind: str, tolerance: float) -> str:
    """In which way figures, in order, do not move as they should; nothing where they do.

    >>> against(np.array([1.0, 2.0, 2.0]), "rises_with", 1e-9), against(np.array([1.0, 1.0]), "never_falls_with", 1e-9)
    ('', '')
    >>> against(np.array([1.0, 3.0, 2.0]), "rises_with", 1e-9), against(np.array([1.0, 1.0]), "rises_with", 1e-9)
    ('it falls', 'it stays')
    """
    up = kind in ("rises_with", "never_falls_with")
    upward = values if up else -values
    slack = tolerance * float(np.max(np.abs(values))) + TINY
    if not np.all(np.isfinite(values)):
        return "it is no figure"
    if np.any(np.diff(upward) < -slack):
        return "it falls" if up else "it rises"
    if not kind.startswith("never") and upward[-1] - upward[0] <= slack:
        return "it stays"
    return ""


def judge(one: Expectation, outputs: Outputs) -> Outcome:
    """Test one expectation over its cases."""
    try:
        test = read(one, outputs)
        count = DRAWS[test.quick]
        inputs = [p for p in outputs.inputs(test.names) if one.kind not in MOVES or p.name != one.against]
        fixed = {name: find(name).accept(value, where=place(one)) for name, value in one.at.items()}
        chosen = making.made(one.over, inputs, count, fixed)
        if not chosen:
            return Outcome(one, NOT_RUN, told="no case of it makes sense")
        failing = test.failing(chosen)
        if not failing:
            return Outcome(one, PASSED, len(chosen))
        case, told = smallest(test, failing, fixed)
        return Outcome(one, FAILED, len(chosen), case, f"{told} (in {len(failing)} of {len(chosen)} cases)")
    except ShortcaseError as error:
        return Outcome(one, ERROR, told=str(error))
    except Exception as error:  # noqa: BLE001 - whatever a formula raises at values that nobody tried is told
        return Outcome(one, ERROR, told=f"{type(error).__name__}: {error}")


def read(one: Expectation, outputs: Outputs) -> _Test:
    """The expectation with its expressions read.

    Errors: BadSource for what is no arithmetic; BadRequest for an unknown output, or an input that is no figure.
    """
    where = place(one)
    output = expression.parse(one.output, where)
    told = {"within": one.within, "equals": [one.equals], "sums_to": [one.sums_to]}.get(one.kind, [])
    bounds = tuple(expression.parse(str(text), where) for text in told or [])
    names = tuple(dict.fromkeys(name for tree in (output, *bounds) for name in expression.names(tree)))
    for name in names:
        outputs.known(name, where)
    if one.kind in MOVES:
        p = find(one.against, where=where)
        reads = {p.name for p in outputs.inputs(names)}
        if p.kind not in ("float", "int") or p.name not in reads:
            what = f"{one.name} asks how {one.output} moves with {p.name}, which it does not rest on"
            raise BadRequest(what, where=where, mend=f"name one of {', '.join(sorted(reads)[:12])}")
    return _Test(one, outputs, output, bounds, names)


def smallest(
    test: _Test, failing: Sequence[tuple[Case, str]], fixed: Mapping[str, Scalar]
) -> tuple[Mapping[str, Scalar], str]:  # fmt: skip
    """The failing case that differs least from the documented one: each input is put back as long as it still fails."""
    case, told = min(failing, key=lambda pair: len(pair[0]))
    moved = {name: value for name, value in case.items() if name not in fixed}
    for name in sorted(moved):
        fewer = {**{n: v for n, v in moved.items() if n != name}, **fixed}
        again = test.failing([fewer]) if making.sensible(fewer) else []
        if again:
            moved, told = {n: v for n, v in fewer.items() if n not in fixed}, again[0][1]
    return {**moved, **fixed}, told


def place(one: Expectation) -> str:
    """Where an expectation stands."""
    return f"book/expectations.yml:{one.line}"


def chapters_of(one: Expectation, outputs: Outputs) -> list[str]:
    """The chapters that an expectation speaks of, and the valuation where it does."""
    names = expression.names(expression.parse(one.output))
    found = outputs.chapters(names)
    return found + (["thesis"] if any(name.startswith(PREFIX) for name in names) else [])


def tally(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many there are of each outcome."""
    every = list(outcomes)
    return {word: sum(one.outcome == word for one in every) for word in OUTCOMES}
