#!/usr/bin/env bash
# A loan of 100 without interest, paid back by 10 a year: numpy-financial counts minus ten payments.
#
# Guess:     nper at a rate of zero is the limit of nper at small rates: 10 payments, as numpy-financial's own equation
#            for zero (fv + pmt*nper + pv = 0) says.
# Behaviour: -10 at exactly zero, 9.99... just above it: the sign of the present value is turned in that case alone.
#            With a future value instead of a loan the count at zero is right. One zero in an array of rates answers for
#            all of them: rates of 0 and 5 % together give the single number -10.
# Versions:  numpy-financial 1.0.0 (the newest that is released), numpy 2.4.6
# Source:    the equations in the docstring of numpy_financial.nper; reported as numpy/numpy-financial issue 16, open.
# What to do: treat a rate of zero apart, (loan + target) / payment.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install numpy-financial==1.0.0 numpy==2.4.6
cat >"$room/loan.py" <<'PY'
import numpy as np
import numpy_financial as npf

none, small, five = (float(npf.nper(rate, -10, 100)) for rate in (0, 1e-9, 0.05))
together = npf.nper([0, 0.05], -10, 100)
print("payments at 0, 1e-9 and 5 %:", none, round(small, 4), round(five, 4))
print("0 and 5 % asked together:", together)
assert np.isclose(small, 10, atol=1e-3) and np.isclose(five, 14.2067, atol=1e-3)
assert none == -10 and np.all(together == -10), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("numpy-financial", m.version("numpy-financial"))'
"$room/venv/bin/python" "$room/loan.py"
echo "As described: fewer than no payments."
