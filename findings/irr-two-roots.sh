#!/usr/bin/env bash
# Two libraries, one project, two internal rates of return.
#
# Guess:     of cash flows with two internal rates of return (-100, +230, -132: 10 % and 20 %), both libraries give the
#            same one, or one of them says that there are two.
# Behaviour: numpy-financial gives 10 %, pyxirr 20 %, and neither says a word. Of -1000, +2550, -1540 the one gives
#            -1.8 %, the other 56.8 %: opposite signs for one project.
# Versions:  numpy-financial 1.0.0, pyxirr 0.10.8, numpy 2.4.6
# Source:    numpy-financial's `irr` solves the polynomial and selects among its roots; pyxirr's `irr` searches from a
#            guess (https://anexen.github.io/pyxirr/functions.html). Both documents leave the choice among roots open.
#            Two changes of sign allow two roots: Descartes' rule of signs.
# What to do: count the sign changes first; where there are two, hold net present value against the rate instead.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install numpy-financial==1.0.0 pyxirr==0.10.8 numpy==2.4.6
"$room/venv/bin/python" - <<'PY'
import warnings
from importlib.metadata import version

import numpy_financial
import pyxirr

warnings.simplefilter("error")  # a word from either would end this here
print("numpy-financial", version("numpy-financial"), "| pyxirr", version("pyxirr"), "| numpy", version("numpy"))


def present(rate, flows):
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(flows))


for flows, one, other in (([-100, 230, -132], 0.10, 0.20), ([-1000, 2550, -1540], -0.017618, 0.567618)):
    assert abs(present(one, flows)) < 0.01 and abs(present(other, flows)) < 0.01  # both are rates of return
    first, second = numpy_financial.irr(flows), pyxirr.irr(flows)
    print(f"{flows}: numpy-financial {first:.4f}, pyxirr {second:.4f}")
    assert abs(first - one) < 1e-5 and abs(second - other) < 1e-5, "the behaviour has changed"
print("As described: one project, two answers, no word.")
PY
