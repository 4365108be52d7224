"""Which groups of assumptions decide, where those in a group hang together: their Shapley effects on the variance.

Song, Nelson and Staum 2016, Shapley effects for global sensitivity analysis: theory and computation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import ndtri, stdtrit
from scipy.stats import qmc

from shortcase.case.thesis import correlations
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.combinations import each_combination
from shortcase.case.thesis.draws import EDGE, PORTION, around, finite, successes, uncertain
from shortcase.case.thesis.groups import GROUPS
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.once import once
from shortcase.case.thesis.sensitivity import CONFIDENCE, Index
from shortcase.case.thesis.threats import COUNT
from shortcase.errors import BadRequest
from shortcase.model.probability.shapley import shapley_values

WHICH = "Which threats succeed"
"""The last of the groups: not how large a threat would be, nor how likely, but whether it comes."""
LEAST_USD = 1.0


def effects_of_groups(case: Inputs, draws: int, *, logarithm: bool = False) -> list[Index]:
    """Shapley effects for a case, of its value in dollars or of the logarithm of it, computed once.

    Equation: as in `group_effects`
    """
    return _both_effects(case, draws)[int(logarithm)]


@once
def _both_effects(case: Inputs, draws: int) -> list[list[Index]]:
    return group_effects(case, draws, measures=(np.asarray, log_of))


def effect_of(case: Inputs, draws: int, groups: tuple[str, ...], *, logarithm: bool = False) -> float:
    """Part of what is uncertain that some groups of inputs explain together.

    Equation: Σ φ over the groups named, not below zero

    logarithm: of ln v, in which a halving and a doubling count alike, instead of v. What is estimated below zero is
    nothing, for an effect cannot be negative.
    """
    found = effects_of_groups(case, draws, logarithm=logarithm)
    return max(0.0, sum(index.value for index in found if index.name in groups))


def realised(case: Inputs, z: np.ndarray) -> np.ndarray:
    """Value of a share where those threats succeed that the given normal scores say."""
    combination = successes(case, z)
    found: np.ndarray = valuation(case, [(combination >> i & 1).astype(float) for i in range(COUNT)]).value_per_share
    return found


def log_of(values: np.ndarray) -> np.ndarray:
    """Logarithm of a value of a dollar or more."""
    found: np.ndarray = np.log(np.maximum(values, LEAST_USD))
    return found


def group_effects(
    case: Inputs,
    draws: int,
    *,
    seed: int = 1,
    blocks: int = 8,
    answer: Callable[[Inputs, np.ndarray], np.ndarray] = realised,
    measures: Sequence[Callable[[np.ndarray], np.ndarray]] = (np.asarray,),
) -> list[list[Index]]:
    """Shapley effects: parts of the variance that groups of correlated inputs explain, summing to one, by measure.

    Equation: φᵢ = Shapley value of c(S) = Var(E[v | x_S])/Var(v) over the groups

    c(S) is the correlation of two answers whose inputs in S are the same and whose others are drawn afresh given them.
    The last group holds the scores that decide which threats succeed. draws: a power of two, for each of the sets of
    groups; intervals from blocks of draws; measures: what the variance is taken of, the answer itself unless others
    are given.
    """
    names = [p.name for p in uncertain()]
    grouped = [[names.index(name) for name in members if name in names] for members in GROUPS.values()]
    missing = sorted(set(names) - {name for members in GROUPS.values() for name in members})
    if missing:
        raise BadRequest(
            f"{', '.join(missing)} stand in no group of inputs",
            mend="add them to GROUPS in lib/shortcase/case/thesis/groups.py",
        )
    tied, correlation = correlations.tied(correlations.matrix(names))
    u = qmc.Sobol(2 * (len(names) + COUNT + 1), scramble=True, rng=np.random.default_rng(seed)).random(draws).T
    z = ndtri(np.clip(u, EDGE, 1.0 - EDGE))
    first, fresh, threats, other_threats = np.split(z, np.cumsum([len(names), len(names), COUNT + 1]))
    first[tied] = np.linalg.cholesky(correlation) @ first[tied]

    def values(scores: np.ndarray, *threats: np.ndarray) -> np.ndarray:
        at = around(case, dict(zip(names, scores, strict=True)))
        found = finite(answer(at, np.stack(threats, axis=1)), at, case, each_combination)
        return np.broadcast_to(found, (len(threats), scores.shape[1]))

    base = values(first, threats)[0]
    count = len(grouped)
    held = [{i for g in range(count) if chosen >> g & 1 for i in grouped[g]} for chosen in range(1 << count)]
    apart, together = [], []
    at_once = max(1, PORTION // draws)
    for begun in range(0, len(held), at_once):
        some = held[begun : begun + at_once]
        scores = np.concatenate([_redrawn(first, fresh, one, tied, correlation) for one in some], axis=1)
        without, with_threats = values(scores, *(np.tile(score, len(some)) for score in (other_threats, threats)))
        apart.append(without)
        together.append(with_threats)
    others = np.concatenate([*apart, *together]).reshape(-1, draws)
    size = draws // blocks
    found = []
    for measure in measures:
        one, all_others = measure(base), measure(others)
        whole = _effects(one, all_others)
        rows = (slice(b * size, (b + 1) * size) for b in range(blocks))
        each = np.array([_effects(one[some], all_others[:, some]) for some in rows])
        error = each.std(axis=0, ddof=1) / np.sqrt(blocks) * stdtrit(blocks - 1, (1.0 + CONFIDENCE) / 2.0)
        found.append(
            [
                Index(name, float(v), float(v - e), float(v + e))
                for name, v, e in zip([*GROUPS, WHICH], whole, error, strict=True)
            ]
        )
    return found


def _redrawn(
    first: np.ndarray, fresh: np.ndarray, held: set[int], tied: np.ndarray, correlation: np.ndarray
) -> np.ndarray:
    """Scores whose held part is that of `first`, and whose rest is drawn afresh given it."""
    again = fresh.copy()
    again[sorted(held)] = first[sorted(held)]
    known = np.isin(tied, list(held))
    rest = ~known
    gain = np.linalg.solve(correlation[np.ix_(known, known)], correlation[np.ix_(known, rest)]).T
    left = correlation[np.ix_(rest, rest)] - gain @ correlation[np.ix_(known, rest)]
    again[tied[rest]] = gain @ first[tied[known]] + np.linalg.cholesky(left) @ fresh[tied[rest]]
    return again


def _effects(one: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Shapley values of the correlation of an answer with others, a row each, mean and variance taken from both.

    The estimator is that of Janon and others 2014, Asymptotic normality and efficiency of two Sobol index estimators.
    """
    mean = (one.mean() + others.mean(axis=1, keepdims=True)) / 2.0
    about, other = one - mean, others - mean
    explained = (about * other).mean(axis=1) / ((about**2 + other**2).mean(axis=1) / 2.0)
    explained[0], explained[-1] = 0.0, 1.0
    return np.array(shapley_values(explained.tolist()))
