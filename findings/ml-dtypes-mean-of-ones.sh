#!/usr/bin/env bash
# The mean of 10,000 ones in bfloat16 is 0.0256: numpy sums the accelerators' types of ml_dtypes in themselves.
#
# Guess:     a sum of bfloat16 or FP8 values is carried in float32, as numpy carries float16, and as a chip's matrix
#            units carry both; only the result is rounded.
# Behaviour: sum, mean and cumsum add in the narrow type. A bfloat16 sum of ones stops at 256 and an FP8 (E4M3) sum at
#            16, where one more no longer changes it; the mean of 10,000 ones is 0.0256. float16 gives 10,000, and the
#            matrix product of the same bfloat16 vector with itself is 10,000 as well.
# Versions:  ml_dtypes 0.6.0, numpy 2.4.6
# Source:    numpy documents wider sums for float16 only in words of precision (numpy.mean, notes); ml_dtypes'
#            README says nothing about reductions.
# What to do: astype(np.float32) before any sum, mean or norm of weights.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install ml_dtypes==0.6.0 numpy==2.4.6
cat >"$room/ones.py" <<'PY'
import ml_dtypes
import numpy as np

brain, half = np.ones(10_000, ml_dtypes.bfloat16), np.ones(10_000, np.float16)
eight = np.ones(1_000, ml_dtypes.float8_e4m3fn)
print("10,000 ones: bfloat16 sum", brain.sum(), "mean", brain.mean(), "| float16 sum", half.sum())
print("bfloat16 vector times itself:", brain @ brain, "| in float32:", brain.astype(np.float32).sum())
print("1,000 ones in E4M3: sum", eight.sum(), "mean", eight.mean())
assert half.sum() == 10_000 and float(brain @ brain) == 10_000
assert float(brain.sum()) == 256 and float(brain.mean()) < 0.03 and float(eight.sum()) == 16, "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("ml_dtypes", m.version("ml_dtypes"))'
"$room/venv/bin/python" "$room/ones.py"
echo "As described: the sum stops where one more changes nothing."
