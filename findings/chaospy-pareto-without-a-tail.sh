#!/usr/bin/env bash
# Expected values of Pareto distributions: chaospy gives an infinite one as 1.26, and one of 6 as 5.54.
#
# Guess:     E(Pareto1(1.2)) is a/(a-1) = 6, and E(Pareto1(0.9)), which does not exist, is infinite, refused or nan, as
#            scipy.stats.pareto has it. If it were integrated over a long but finite range, it would grow with the tail.
# Behaviour: 5.54 for a = 1.2, 8 % short of a mean that exists; 1.47 for a = 1.0 and 1.26 for a = 0.9, less the fatter
#            the tail, where none does; then 4e13 for a = 0.5. The variance of a Cauchy variable comes as 63,661. No
#            warning. Each is an integral over a range that is cut (Pareto1 at 1e10) by a fixed quadrature rule.
#            In the closed form's own ground (a = 3) the mean is right to eight digits.
# Versions:  chaospy 4.3.21, numpy 2.4.6, scipy 1.17.1
# Source:    the mean of the Pareto distribution, a/(a-1) for a > 1 and infinite else: Johnson, Kotz and Balakrishnan,
#            Continuous Univariate Distributions 1 (1994), chapter 20; scipy.stats.pareto(a).mean() beside it.
# What to do: where inputs have fat tails, take means from the closed form, or draw and look at how they settle.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install chaospy==4.3.21 numpy==2.4.6 scipy==1.17.1
cat >"$room/pareto.py" <<'PY'
import chaospy
import numpy as np
from scipy import stats

found = {a: float(chaospy.E(chaospy.Pareto1(a))) for a in (3.0, 1.2, 1.0, 0.9, 0.5)}
for a, mean in found.items():
    print(f"a = {a}: chaospy {mean:.6g}, scipy {stats.pareto(a).mean():.6g}")
spread = float(chaospy.Var(chaospy.Cauchy()))
print(f"variance of a Cauchy variable: chaospy {spread:.6g}, scipy {stats.cauchy().var()}")
assert np.isclose(found[3.0], 1.5, rtol=1e-6)
assert np.isclose(found[1.2], 5.545, atol=0.01) and np.isclose(found[0.9], 1.2615, atol=0.01), "the behaviour has changed"
assert np.isfinite(list(found.values())).all() and np.isfinite(spread), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("chaospy", m.version("chaospy"))'
"$room/venv/bin/python" -W ignore "$room/pareto.py"
echo "As described: means that do not exist are small numbers."
