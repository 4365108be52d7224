"""The patient rule induction method: which few conditions single out the cases of interest among many that were drawn.

A box of conditions is peeled, a little at a time, from the side whose loss makes cases of interest the most frequent
among those that stay; then it is pasted, as far as that makes them no rarer. Every box on the way is a rule, which
trades *coverage* (the part of the cases of interest that it holds) for *density* (the part of its cases that are of
interest).

Source: J. H. Friedman and N. I. Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9 (1999),
123-143 (peeling and pasting); B. P. Bryant and R. J. Lempert, Thinking inside the box, Technological Forecasting and
Social Change 77 (2010), 34-49 (coverage, density, quasi-p-values, resampling); J. H. Kwakkel and
M. Jaxa-Rozen, Improving scenario discovery for handling heterogeneous uncertainties, Environmental Modelling & Software
79 (2016), 311-321 (the gain a case that is peeled away, so that a switch has no advantage over a figure).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from scipy.special import bdtrc

from shortcase.case.thesis.peels import HIGH, LOW, Sorted

PEEL, PASTE, LEAST_MASS = 0.05, 0.01, 0.05
"""The part of the cases that a peel takes away and a paste brings back; the part below which no box is peeled."""
FEWEST = 20
"""Cases below which a box says nothing."""
Side = tuple[int, int]
"""An input and the end from which is peeled."""


@dataclass(frozen=True)
class Box:
    """Conditions low ≤ x ≤ high, a pair for each input; an end that is infinite is no condition."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def restricted(self) -> tuple[int, ...]:
        """The inputs of which something is required.

        >>> Box((-np.inf, 0.2), (np.inf, np.inf)).restricted
        (1,)
        """
        both = zip(self.low, self.high, strict=True)
        return tuple(i for i, (low, high) in enumerate(both) if low > -math.inf or high < math.inf)

    def holds(self, x: np.ndarray) -> np.ndarray:
        """Which cases, a row each, are inside.

        >>> Box((-np.inf, 0.2), (np.inf, np.inf)).holds(np.array([[5.0, 0.1], [5.0, 0.3]])).tolist()
        [False, True]
        """
        inside = np.ones(len(x), bool)
        for i in self.restricted:
            inside &= (x[:, i] >= self.low[i]) & (x[:, i] <= self.high[i])
        return inside

    def without(self, index: int) -> Box:
        """The box without its conditions on one input."""
        return self.with_ends(index, -np.inf, np.inf)

    def with_ends(self, index: int, low: float, high: float) -> Box:
        """The box with other conditions on one input."""
        lows, highs = list(self.low), list(self.high)
        lows[index], highs[index] = low, high
        return Box(tuple(lows), tuple(highs))


@dataclass(frozen=True)
class Measure:
    """How good a rule is on some cases."""

    coverage: float
    density: float
    mass: float


def everything(inputs: int) -> Box:
    """The box without any condition."""
    return Box((-np.inf,) * inputs, (np.inf,) * inputs)


def measure(x: np.ndarray, of_interest: np.ndarray, box: Box) -> Measure:
    """Coverage, density and mass of a rule.

    Equation: coverage = |I ∩ B|/|I|, density = |I ∩ B|/|B|, mass = |B|/n

    x: cases by inputs; of_interest: true for the cases that the rule is to single out. A box without a case has no
    density, and one of nothing of interest no coverage: both are NaN.

    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> measure(x, np.array([False, False, True, True]), Box((1.5,), (np.inf,)))
    Measure(coverage=1.0, density=1.0, mass=0.5)
    """
    inside = box.holds(x)
    hits, held, all_hits = int((inside & of_interest).sum()), int(inside.sum()), int(of_interest.sum())
    return _measure_of(hits, held, all_hits, len(x))


def _measure_of(hits: int, held: int, all_hits: int, cases: int) -> Measure:
    return Measure(hits / all_hits if all_hits else np.nan, hits / held if held else np.nan, held / cases)


def trajectory(
    x: np.ndarray, of_interest: np.ndarray, among: Sequence[Side] | None = None, peel: float = PEEL
) -> list[Box]:
    """The boxes from no condition to the last that is large enough, each one peel inside the one before.

    Equation: the next box is max over the sides of (density after − density before)/(cases taken away)

    A peel is taken where none makes it denser, too, until the least mass is reached or every case is of interest.
    among: the sides from which is peeled, LOW or HIGH of an input; all of them without it. An input with few values
    loses its whole outermost one at a time.
    """
    sides = _both_ends(range(x.shape[1])) if among is None else among
    return [box for box, _ in _peeled(Sorted.of(x, of_interest), sides, peel)]


def _peeled(cases: Sorted, among: Sequence[Side], peel: float = PEEL) -> list[tuple[Box, Measure]]:
    """The same boxes, each with how good it is on the cases, which are sorted already."""
    least = max(FEWEST, LEAST_MASS * cases.count)
    sides = sorted({(end, index) for index, end in among})
    box, left = everything(len(cases.orders)), cases.by({index for index, _ in among})
    found = [(box, _measured(left, cases))]
    while left.count > least and 0 < left.hits < left.count:
        peels = (left.peel(end, index, peel) for end, index in sides)
        allowed = [one for one in peels if one is not None and left.count - one.taken >= least]
        if not allowed:
            break
        best = max(allowed, key=attrgetter("gain"))
        ends = (best.cut, box.high[best.at]) if best.end == LOW else (box.low[best.at], best.cut)
        box, left = box.with_ends(best.at, *ends), left.without(best)
        found.append((box, _measured(left, cases)))
    return found


def _measured(left: Sorted, cases: Sorted) -> Measure:
    """How good the rule is that leaves these of all cases."""
    return _measure_of(left.hits, left.count, cases.hits, cases.count)


def pasted(x: np.ndarray, of_interest: np.ndarray, box: Box, paste: float = PASTE) -> Box:
    """The box with its conditions loosened as long as that makes cases of interest no rarer in it.

    Equation: the next box is max over the ends of the density, while it does not fall
    """
    now = measure(x, of_interest, box)
    while True:
        wider = [one for i in box.restricted for one in _pastes(x, box, i, paste)]
        scored = [(found.density, found.mass, one) for one in wider if (found := measure(x, of_interest, one)).mass]
        best = max(scored, key=lambda told: told[:2], default=None)
        if best is None or best[0] < now.density or best[1] <= now.mass:
            return box
        box, now = best[2], measure(x, of_interest, best[2])


def _pastes(x: np.ndarray, box: Box, index: int, paste: float) -> Iterator[Box]:
    free = box.without(index).holds(x)
    inside = box.holds(x)
    more = max(1, round(paste * inside.sum()))
    column = x[free, index]
    low, high = box.low[index], box.high[index]
    below, above = np.sort(column[column < low])[::-1], np.sort(column[column > high])
    if np.isfinite(low):
        yield box.with_ends(index, float(below[more - 1]) if more <= len(below) else -np.inf, high)
    if np.isfinite(high):
        yield box.with_ends(index, low, float(above[more - 1]) if more <= len(above) else np.inf)


def quasi_p_values(x: np.ndarray, of_interest: np.ndarray, box: Box) -> dict[int, float]:
    """For each input of a rule, how likely chance alone would have made so dense a box of its conditions on it.

    Equation: P(X ≥ h), X ~ Binomial(n, density of the box without them), n the cases inside and h those of interest

    "Quasi", since the conditions were chosen on the cases on which they are tested; so test them on cases held out.
    """
    inside = box.holds(x)
    held, hits = int(inside.sum()), int((inside & of_interest).sum())
    found = {}
    for i in box.restricted:
        before = measure(x, of_interest, box.without(i)).density
        found[i] = float(bdtrc(hits - 1, held, before)) if hits else 1.0
    return found


def shortest(
    x: np.ndarray, of_interest: np.ndarray, density: float, coverage: float, most: int = 3
) -> tuple[Box, list[Box]]:
    """The rule with the fewest inputs that is dense enough and covers enough, or as near to that as so few come.

    Of the inputs that the densest box of a peeling over all of them restricts, one at a time is added: that with which
    the best box is densest among those that cover enough. With it come the boxes of that peeling.
    """
    cases = Sorted.of(x, of_interest)
    whole = _peeled(cases, _both_ends(range(x.shape[1])))
    densest, _ = max(whole, key=lambda told: told[1].density)
    chosen: list[int] = []
    box, now = whole[0]
    while len(chosen) < most and not now.density >= density:
        tried = []
        for i in set(densest.restricted) - set(chosen):
            found, how_good = _best(cases, _both_ends((*chosen, i)), density, coverage)
            tried.append((_score(how_good, density), i, found, how_good))
        if not tried or max(tried)[0] <= _score(now, density):
            break
        _, index, box, now = max(tried, key=lambda told: told[:2])
        chosen.append(index)
    return pasted(x, of_interest, box), [one for one, _ in whole]


def _both_ends(inputs: Iterable[int]) -> list[Side]:
    return [(index, end) for index in inputs for end in (LOW, HIGH)]


def on_halves(
    x: np.ndarray, of_interest: np.ndarray, density: float, coverage: float, *, halves: int, seed: int
) -> list[frozenset[int]]:
    """The inputs that the shortest rule names when it is sought anew on random halves of the cases, half by half.

    A rule that hangs on which cases were drawn names now these inputs and now those; one that the model makes comes
    again. Each half is drawn without replacement, so that no case counts twice; with half as many cases a rule is
    harder to find, so what comes again is rather understated.

    Errors: ValueError for fewer than two cases, or for no half at all.
    """
    if halves < 1 or len(x) < 2:
        raise ValueError(f"{len(x)} cases and {halves} halves; at least two and one are needed")
    toss = np.random.default_rng(seed)
    found = []
    for _ in range(halves):
        half = np.sort(toss.choice(len(x), len(x) // 2, replace=False))
        found.append(frozenset(shortest(x[half], of_interest[half], density, coverage)[0].restricted))
    return found


def best(x: np.ndarray, of_interest: np.ndarray, among: Sequence[Side], density: float, coverage: float) -> Box:
    """The rule on some sides alone: of the boxes that cover enough the first that is dense enough, else the densest.

    Equation: max over the boxes with coverage ≥ c of (min(density, d), coverage)
    """
    return _best(Sorted.of(x, of_interest), among, density, coverage)[0]


def _best(cases: Sorted, among: Sequence[Side], density: float, coverage: float) -> tuple[Box, Measure]:
    told = _peeled(cases, among)
    enough = [(box, one) for box, one in told if one.coverage >= coverage] or told[:1]
    return max(enough, key=lambda pair: _score(pair[1], density))


def _score(found: Measure, density: float) -> tuple[float, float]:
    """What is dense enough is better the more it covers."""
    return min(found.density, density), found.coverage
