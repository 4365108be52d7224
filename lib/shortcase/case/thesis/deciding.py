"""What decides: the shortest rules under which a share is worth less than it cost, and under which it is not.

Cases are drawn as for the distribution, and each either is of interest or not. Some find a rule; others, from a
sequence of their own that the rule has not seen, say how good it is; and sought anew on random halves, it says by
coming again that it does not hang on which cases were drawn. The conditions are on the inputs and on which of
the threats succeed; the chances of these are left out, for they matter only through that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shortcase.case.parameters import registry
from shortcase.case.thesis import patient_rules
from shortcase.case.thesis.combinations import each_combination
from shortcase.case.thesis.draws import finite, portions, sobol, uncertain
from shortcase.case.thesis.inputs import Inputs
from shortcase.case.thesis.once import once
from shortcase.case.thesis.patient_rules import Box, Measure
from shortcase.case.thesis.peels import HIGH, LOW
from shortcase.case.thesis.threats import THREATS

DRAWS, FIND, JUDGE = 2**12, 3, 4
"""Cases drawn twice, from sequences of their own: those that find a rule, and those that are held out to judge it.

Not the two halves of one sequence, of which every second point lies in another half of the first input.
"""
HALVES, TOSS = 10, 5
"""Random halves of the cases on which each rule is sought anew, and the start of their drawing."""
DEAR, CHEAP = "dear", "cheap"
"""The two findings: a share is worth less than its price, or at least as much."""
EXCEPTIONS, COVERED = 0.4, 0.4
"""The part of the exceptions that a rule leaves at most, and the part of its cases that it holds at least."""
NAMED: Mapping[str, tuple[tuple[str, int], ...]] = {
    DEAR: (("ai_output_share", HIGH),),
    CHEAP: (("demand_growth", LOW), ("ai_output_share", LOW)),
}
"""The inputs that the rules name at the documented values, and the side from which each is bounded."""


@dataclass(frozen=True)
class Condition:
    """What a rule asks of one input: not below `low`, not above `high`; or that a threat succeeds, or does not."""

    name: str
    label: str
    unit: str
    low: float | None
    high: float | None
    quasi_p: float


@dataclass(frozen=True)
class Rule:
    """Conditions, and how good they are on the cases held out; `all_cases` is the density without any."""

    conditions: tuple[Condition, ...]
    all_cases: float
    coverage: float
    density: float
    mass: float
    density_found: float


@dataclass(frozen=True)
class Resampled:
    """What became of a rule sought anew on random halves of the cases.

    same: part of the halves whose shortest rule names the same inputs and no other; named: for each input that any of
    these rules names, the part of the halves in which it does.
    """

    halves: int
    same: float
    named: Mapping[str, float]


@dataclass(frozen=True)
class Drawn:
    """Drawn cases, a row each: the inputs, and whether the share is worth less than its price."""

    names: tuple[str, ...]
    x: np.ndarray
    dear: np.ndarray

    def of_interest(self, finding: str) -> np.ndarray:
        """The cases that a rule for a finding is to single out."""
        return self.dear if finding == DEAR else ~self.dear


@once
def drawn(case: Inputs, seed: int) -> Drawn:
    """Cases drawn around one, every uncertain input in its stated range and the threats by their chances."""
    names = [p.name for p in uncertain() if p.name.removesuffix("_chance") not in THREATS]
    rows, dear = [], []
    for portion in portions(case, DRAWS, sobol(seed)):
        values = finite(each_combination(portion.case), portion.case, case, each_combination)
        count = values.shape[1]
        figures = [np.broadcast_to(getattr(portion.case, name), count) for name in names]
        rows.append(np.column_stack([*figures, *(portion.combination >> i & 1 for i in range(len(THREATS)))]))
        dear.append(values[portion.combination, np.arange(count)] < case.start.price_usd)
    return Drawn((*names, *THREATS), np.vstack(rows).astype(float), np.concatenate(dear))


def _wanted(of_interest: np.ndarray) -> float:
    """The density that is asked of a rule."""
    return float(1.0 - EXCEPTIONS * (1.0 - of_interest.mean()))


@once
def rule(case: Inputs, finding: str) -> Rule:
    """The shortest rule for a finding, whichever inputs it names.

    Equation: fewest inputs such that density ≥ 1 − 0.4·(1 − density of all) and coverage ≥ 0.4
    """
    cases = drawn(case, FIND)
    x, y = cases.x, cases.of_interest(finding)
    box, _ = patient_rules.shortest(x, y, _wanted(y), COVERED)
    return _judged(case, finding, box)


@once
def named_rule(case: Inputs, finding: str) -> Rule:
    """The rule on the inputs that the text names, with the bounds that are best in this case."""
    cases = drawn(case, FIND)
    x, y = cases.x, cases.of_interest(finding)
    sides = [(cases.names.index(name), end) for name, end in NAMED[finding]]
    found = patient_rules.best(x, y, sides, _wanted(y), COVERED)
    for index, end in sides:  # where nothing need be asked of an input, the bound is its outermost drawn value
        low, high = found.low[index], found.high[index]
        if not np.isfinite((low, high)[end]):
            outermost = float(x[:, index].max() if end == HIGH else x[:, index].min())
            found = found.with_ends(index, *((low, outermost) if end == HIGH else (outermost, high)))
    return _judged(case, finding, found)


def _judged(case: Inputs, finding: str, box: Box) -> Rule:
    found, held = drawn(case, FIND), drawn(case, JUDGE)
    y = held.of_interest(finding)
    p = patient_rules.quasi_p_values(held.x, y, box)
    conditions = tuple(_condition(held.names[i], box.low[i], box.high[i], p[i]) for i in box.restricted)
    density_found = patient_rules.measure(found.x, found.of_interest(finding), box).density
    return Rule(conditions, float(y.mean()), *_plain(patient_rules.measure(held.x, y, box)), density_found)


def _plain(found: Measure) -> tuple[float, float, float]:
    """Coverage, density and mass; nothing covers nothing, and of no case none is of interest."""
    return float(np.nan_to_num(found.coverage)), float(np.nan_to_num(found.density)), found.mass


def _condition(name: str, low: float, high: float, quasi_p: float) -> Condition:
    ends = (low if np.isfinite(low) else None, high if np.isfinite(high) else None)
    if name in THREATS:
        return Condition(name, THREATS[name], "succeeds", *ends, quasi_p)
    p = registry()[name]
    return Condition(name, p.label, p.unit, *ends, quasi_p)


@once
def _anew(case: Inputs, finding: str) -> tuple[frozenset[str], ...]:
    cases = drawn(case, FIND)
    y = cases.of_interest(finding)
    found = patient_rules.on_halves(cases.x, y, _wanted(y), COVERED, halves=HALVES, seed=TOSS)
    return tuple(frozenset(cases.names[i] for i in inputs) for inputs in found)


def resampled(case: Inputs, finding: str) -> Resampled:
    """How often the shortest rule, and each input that it names, comes again on random halves of the cases."""
    found = _anew(case, finding)
    ours = {one.name for one in rule(case, finding).conditions}
    times = Counter(name for inputs in found for name in sorted(inputs))
    named = {name: count / len(found) for name, count in sorted(times.items(), key=lambda told: (-told[1], told[0]))}
    return Resampled(len(found), sum(inputs == ours for inputs in found) / len(found), named)


def comes_again(case: Inputs, finding: str) -> float:
    """Part of the random halves on which the shortest rule names just the inputs that the text names.

    Equation: the count of halves whose rule restricts these inputs and no other, over the count of halves
    """
    found = _anew(case, finding)
    return sum(inputs == set(dict(NAMED[finding])) for inputs in found) / len(found)


def density(case: Inputs, finding: str) -> float:
    """Part of the cases under the named rule that are as the finding says, among those held out.

    Equation: |I ∩ B|/|B|
    """
    return named_rule(case, finding).density


def coverage(case: Inputs, finding: str) -> float:
    """Part of the cases that are as the finding says that the named rule holds, among those held out.

    Equation: |I ∩ B|/|I|
    """
    return named_rule(case, finding).coverage


def bound(case: Inputs, finding: str, name: str) -> float:
    """The bound that the named rule sets to one of its inputs.

    Equation: the end at which the density is reached, peeled by twentieths of the cases
    """
    end = dict(NAMED[finding])[name]
    condition = next(one for one in named_rule(case, finding).conditions if one.name == name)
    found = condition.high if end == HIGH else condition.low
    assert found is not None  # noqa: S101 - the named rule bounds each of its inputs
    return found


def names_these(case: Inputs) -> int:
    """Whether both shortest rules name just the inputs that the text names: one if they do, else zero.

    Equation: 1 if the sets of inputs are the same for both findings, else 0
    """
    same = ({one.name for one in rule(case, finding).conditions} == set(dict(NAMED[finding])) for finding in NAMED)
    return int(all(same))


@once
def trade_off(case: Inputs, finding: str) -> list[tuple[int, float, float]]:
    """How density is bought with coverage: inputs named, coverage and density, box by box, on the cases held out."""
    found, held = drawn(case, FIND), drawn(case, JUDGE)
    boxes = patient_rules.trajectory(found.x, found.of_interest(finding))
    told = ((len(box.restricted), patient_rules.measure(held.x, held.of_interest(finding), box)) for box in boxes)
    return [(count, *_plain(found)[:2]) for count, found in told if found.mass]
