#!/usr/bin/env bash
# safetensors writes FP8 weights held in numpy, and can read them back into numpy neither from bytes nor from the file.
#
# Guess:     what safetensors.numpy saves it loads: the header names the type, and ml_dtypes, whose arrays were taken,
#            is there to give it back.
# Behaviour: save and save_file take ml_dtypes arrays of bfloat16, E4M3, E5M2 and E8M0 and write the right header. load
#            fails on each with KeyError and the type's name. load_file gives bfloat16 back, and fails on the three of
#            eight bits, looking for the type in numpy itself. The bytes are right: viewed by hand they are the weights.
# Versions:  safetensors 0.8.0, ml_dtypes 0.6.0, numpy 2.4.6
# Source:    safetensors issue 598 (2025, closed) told it of bfloat16 by safe_open; issue 839 (2026, open) tells of
#            E8M0 and FP4 in torch.load, where the file is read rightly; here the file is not.
# What to do: read the header and view the bytes with ml_dtypes, or load FP8 weights through torch.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install safetensors==0.8.0 ml_dtypes==0.6.0 numpy==2.4.6
cat >"$room/weights.py" <<'PY'
import json
import sys
from pathlib import Path

import ml_dtypes
import numpy as np
from safetensors import numpy as weights

NAMES = {"bfloat16": "BF16", "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2", "float8_e8m0fnu": "F8_E8M0"}
file = Path(sys.argv[1])


def told(load):
    """The type that comes back, or the name of the error."""
    try:
        return str(load()["w"].dtype)
    except (KeyError, AttributeError) as error:
        return type(error).__name__


for name, in_header in NAMES.items():
    narrow = np.dtype(getattr(ml_dtypes, name))
    given = {"w": np.array([0.5, 1.0, 2.0], dtype=narrow)}
    weights.save_file(given, file)
    raw = file.read_bytes()
    begin = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:begin])
    by_hand = np.frombuffer(raw[begin:], dtype=narrow)
    found = told(lambda: weights.load(weights.save(given))), told(lambda: weights.load_file(file))
    print(f"{name}: header {header['w']['dtype']}, load {found[0]}, load_file {found[1]}, by hand {by_hand}")
    assert header["w"]["dtype"] == in_header and (by_hand == given["w"]).all()
    expected = ("KeyError", "bfloat16") if name == "bfloat16" else ("KeyError", "AttributeError")
    assert found == expected, "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("safetensors", m.version("safetensors"))'
"$room/venv/bin/python" "$room/weights.py" "$room/w.safetensors"
echo "As described: what is written is not read."
