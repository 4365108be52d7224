#!/usr/bin/env bash
# One missing value among 1,280, and scipy's Sobol indices say that no input matters: exact zeros, no warning.
#
# Guess:     one NaN makes the indices NaN (or raises), so that nobody reads them.
# Behaviour: all first and total indices are exactly 0, without a warning: a variance that is not a number is taken for
#            a variance of zero, and a constant function has indices of zero. SALib's analyze does the same for one
#            infinite value, with a numpy warning about a subtraction.
# Versions:  scipy 1.17.1, SALib 1.6.0
# Source:    scipy documents indices of zero for a function that is constant (scipy.stats.sobol_indices); of values that
#            are not finite it says nothing.
# What to do: refuse a draw that is not finite before asking what decides.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install scipy==1.17.1 SALib==1.6.0
cat >"$room/indices.py" <<'PY'
import warnings

import numpy as np
from SALib.analyze import sobol as analyze
from SALib.sample import sobol as sample
from scipy.stats import sobol_indices, uniform

calls = []


def share_price(inputs: np.ndarray, missing: bool) -> np.ndarray:
    """One input weighs four times the other in variance; the first value of the first call may be missing."""
    found = 2.0 * inputs[0] + inputs[1]
    if missing and not calls:
        found.flat[0] = np.nan
    calls.append(1)
    return found


with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    whole = sobol_indices(func=lambda x: share_price(x, False), n=256, dists=[uniform()] * 3, rng=1)
    calls.clear()
    holed = sobol_indices(func=lambda x: share_price(x, True), n=256, dists=[uniform()] * 3, rng=1)
print("scipy, whole:          ", whole.first_order.round(2), whole.total_order.round(2))
print("scipy, one value NaN:  ", holed.first_order, holed.total_order, "| warnings:", len(said))
problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
points = sample.sample(problem, 256, seed=1)
values = 2.0 * points[:, 0] + points[:, 1]
values[0] = np.inf
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    endless = analyze.analyze(problem, values, seed=1)
print("SALib, one value infinite:", endless["S1"], endless["ST"])
assert np.allclose(whole.first_order, [0.8, 0.2, 0], atol=0.02)
assert not said and not holed.first_order.any() and not holed.total_order.any(), "the behaviour has changed"
assert not endless["S1"].any() and not endless["ST"].any(), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("scipy", m.version("scipy"), "SALib", m.version("SALib"))'
"$room/venv/bin/python" "$room/indices.py"
echo "As described: nothing seems to matter."
