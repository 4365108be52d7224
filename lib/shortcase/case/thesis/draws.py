"""Cases drawn from the stated ranges, in portions that fit a processor's cache: memory does not grow with their number.

A parameter's value is the median. Low and high are read as P10 and P90 where the registry says judgement or a range in
sources, since neither states a credibility. The generator of points is an argument: a scrambled Sobol sequence unless
the caller brings another with a method `random(n)`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from shortcase.case.parameters import Parameter, registry
from shortcase.case.thesis import correlations
from shortcase.case.thesis.groups import KEPT
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.threats import COUNT, THREATS
from shortcase.errors import BadRequest
from shortcase.model.probability import copula, marginal

PORTION = 8192
"""Cases at a time: 64 KB an array, so that the arrays of a step stay in the second-level cache."""

EDGE = 1e-12
DEFAULT_CREDIBILITY = "P10–P90"


class Points(Protocol):
    """A source of points in the unit cube."""

    def random(self, n: int) -> np.ndarray:
        """The next n points."""
        ...


@dataclass(frozen=True)
class Portion:
    """Some drawn cases, and which threats succeed in each: the place of the combination."""

    case: Inputs
    combination: np.ndarray


def uncertain() -> list[Parameter]:
    """The parameters of the model that state a range, in the model's order."""
    known = registry()
    return [known[name] for name in PARAMETERS if known[name].low is not None and name not in KEPT]


def sobol(seed: int) -> Points:
    """A scrambled Sobol sequence with as many dimensions as the model needs."""
    from scipy.stats import qmc  # noqa: PLC0415 - most of a second that only drawing needs

    engine: Points = qmc.Sobol(dimensions(), scramble=True, rng=np.random.default_rng(seed))
    return engine


@dataclass
class Random:
    """Independent points, against which the sequence is measured."""

    generator: np.random.Generator

    def random(self, n: int) -> np.ndarray:
        """The next n points."""
        return self.generator.random((n, dimensions()))


def dimensions() -> int:
    """Coordinates of a point: one a parameter, one a threat, and one that the threats share."""
    return len(uncertain()) + COUNT + 1


def quantile(p: Parameter, z: Any, middle: Any = None) -> Any:
    """The value of a parameter at a standard normal score, on the scale that fits what it can be, inside its bounds."""
    assert p.low is not None and p.high is not None and p.min is not None and p.max is not None  # noqa: S101, PT018 - `uncertain` chose
    middle = float(p.value) if middle is None else middle
    low, high = np.minimum(p.low, middle), np.maximum(p.high, middle)
    ends = marginal.Z_OF_CREDIBILITY.get(p.interval or "", marginal.Z_OF_CREDIBILITY[DEFAULT_CREDIBILITY])
    if p.min >= 0.0 and p.max <= 1.0 and low > 0.0 and high < 1.0:
        form = marginal.two_sided_logit
    elif low > 0.0:
        form = marginal.two_sided_lognormal
    else:
        form = marginal.two_sided_normal
    return marginal.within(form(z, low, middle, high, ends), p.min, p.max)


def portions(
    case: Inputs, count: int, points: Points, *, correlated: bool = True, held: Collection[str] = ()
) -> Iterator[Portion]:
    """So many cases around one, a portion at a time.

    correlated: whether inputs hang together as stated, or not at all; held: inputs that do not leave their stated
    range, what would lie beyond being put on its end.
    """
    known = registry()
    names = [p.name for p in uncertain()]
    tied, matrix = correlations.tied(correlations.matrix(names, None if correlated else ()))
    root = np.linalg.cholesky(matrix)
    for begun in range(0, count, PORTION):
        u = points.random(min(PORTION, count - begun)).T
        z = ndtri(np.clip(u, EDGE, 1.0 - EDGE, order="C"))  # a row an input, each in one piece
        # Not `@`: OpenBLAS would start threads for it, which then spin for longer than all else here takes.
        z[tied] = np.einsum("ij,jn->in", root, z[tied])
        drawn = around(case, dict(zip(names, z[: len(names)], strict=True)))
        drawn = drawn.with_(**{name: np.clip(getattr(drawn, name), known[name].low, known[name].high) for name in held})
        yield Portion(drawn, successes(drawn, z[len(names) :]))


def mean_drawn(case: Inputs, name: str) -> float:
    """Mean of an input over what is drawn for it, where its value is the median.

    Equation: E[x] = ∫ q(z)·φ(z) dz, q the value at the score z

    A chance below a half that is drawn around its median has a higher mean, and one above a half a lower one.
    """
    places, weights = copula.FACTOR, copula.FACTOR_WEIGHTS
    found: float = np.sum(weights * quantile(registry()[name], places, getattr(case, name)))
    return found


def around(case: Inputs, scores: Mapping[str, Any]) -> Inputs:
    """A case whose uncertain inputs stand at given scores; growth for ever is kept below the rate."""
    known = registry()
    drawn = case.with_(**{name: quantile(known[name], z, getattr(case, name)) for name, z in scores.items()})
    most = np.asarray(drawn.equity_discount_rate) - known["long_run_growth"].gap
    return drawn.with_(long_run_growth=np.minimum(drawn.long_run_growth, most))


def finite(values: Any, case: Inputs, middle: Inputs, answer: Callable[[Inputs], Any]) -> np.ndarray:
    """The values of drawn cases, each a finite number: one that is not would make nothing of every sum it is in.

    values: the cases in the last place; middle: the case that they were drawn around; answer: what they are values of.
    Errors: BadRequest that names the inputs which, put back alone to their middle, make the first such value finite.
    """
    found = np.asarray(values, dtype=float)
    bad = ~np.isfinite(found)
    if not bad.any():
        return found
    first = int(np.argwhere(bad)[0][-1]) if found.ndim else 0
    drawn = {p.name: _at(getattr(case, p.name), first) for p in uncertain()}
    one = case.with_(**drawn)
    with np.errstate(all="ignore"):
        named = [
            f"{name} = {value:.6g}"
            for name, value in drawn.items()
            if value != getattr(middle, name)
            and np.all(np.isfinite(answer(one.with_(**{name: float(getattr(middle, name))}))))
        ]
    who = f", for {' or '.join(named[:3])}" if named else ""
    raise BadRequest(
        f"What a drawn case is worth is not finite{who}",
        where="the drawn cases",
        mend="narrow the range of that input, or look at the case with shortcase value",
    )


def _at(value: Any, place: int) -> float:
    flat = np.ravel(value)
    return float(flat[place] if flat.size > 1 else flat[0])


def successes(case: Inputs, z: np.ndarray) -> np.ndarray:
    """The place of the combination of threats that succeed: a one-factor Gaussian copula over their chances."""
    shared = np.sqrt(case.threat_correlation) * z[0]
    mask = np.zeros(z.shape[1:], dtype=np.int64)
    for i, name in enumerate(THREATS):
        latent = shared + np.sqrt(1.0 - case.threat_correlation) * z[1 + i]
        mask += (ndtr(latent) < getattr(case, f"{name}_chance")).astype(np.int64) << i
    return mask
