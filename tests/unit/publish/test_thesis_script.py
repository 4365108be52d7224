"""The thesis as a script: its points are those of scipy's sequence, its formulas those of the chain."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.inputs import PARAMETERS
from shortcase.case.thesis.start import known, start
from shortcase.case.thesis.threats import COUNT
from shortcase.publish.live.thesis_script import directions, thesis_script
from shortcase.show.live import evaluate, trace_inputs

DAY = "2025-01-25"


@pytest.mark.parametrize("dimensions", [1, 7, 57])
def test_the_direction_numbers_make_the_points_of_the_sequence(dimensions):
    bits = 6
    numbers = np.array(directions(dimensions, bits))
    points, at = [np.zeros(dimensions)], np.zeros(dimensions, dtype=np.int64)
    for count in range(1, 2**bits):
        place = (count & -count).bit_length() - 1
        at = at ^ numbers[:, place]
        points.append(at / 2**bits)
    assert np.array_equal(np.array(points), qmc.Sobol(dimensions, scramble=False).random_base2(bits))


def test_the_chain_on_its_tape_gives_what_the_chain_gives():
    begun = start(known(DAY))
    x = trace_inputs(*PARAMETERS, *(f"on{i}" for i in range(COUNT)))
    case = thesis.inputs(begun, {})
    traced = valuation(case.with_(**{name: x[name] for name in PARAMETERS}), [x[f"on{i}"] for i in range(COUNT)])
    documented = {name: float(registry()[name].value) for name in PARAMETERS}
    for threats in ((0.0,) * COUNT, (1.0,) * COUNT, (1.0, 0.0, 1.0, 0.0, 1.0)):
        values = documented | {f"on{i}": on for i, on in enumerate(threats)}
        expected = float(valuation(case, threats).value_per_share)
        assert evaluate(traced.value_per_share, values) == pytest.approx(expected, rel=1e-12)


def test_the_script_is_one_call_without_what_a_policy_forbids():
    script = thesis_script(DAY, {"demand_growth": 0.7})
    assert script.startswith("shortcase.thesis(Object.assign(")
    assert script.endswith("}));\n")
    for word in ("eval", "Function(", "import", "export", "NaN"):
        assert word not in script
