#!/usr/bin/env bash
# In pint a network of "400 Gb/s" is a magnetic flow: Gb is the gilbert, Tb the terabarn, and both pass in silence.
#
# Guess:     b is the bit as B is the byte: "400 Gb/s" is 50 GB/s, or the text is refused as ambiguous.
# Behaviour: "GB" is a gigabyte, but "Gb" is the gilbert (magnetomotive force) and "Tb" 1e12 barns (an area). Parsing
#            succeeds; only a later conversion to bytes fails, and a ratio of two such speeds is right by luck, while a
#            ratio of "800 Gb/s" to "1.6 Tb/s" is no number at all. "Gbit" and "Tbit" mean what they say.
# Versions:  pint 0.25.3
# Source:    pint's default registry, pint/default_en.txt: barn has the symbol b, gilbert the symbol Gb.
# What to do: write bit in full, and check the dimension of every quantity that is read from text.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pint==0.25.3
cat >"$room/speed.py" <<'PY'
import pint

units = pint.UnitRegistry()
for text in ("50 GB/s", "400 Gbit/s", "400 Gb/s", "1.6 Tb/s"):
    print(f"{text:>10}  {units(text).units}  {dict(units(text).dimensionality)}")
assert units("400 Gbit/s").to("GB/s").magnitude == 50
assert str(units("400 Gb/s").units) == "gilbert / second", "the behaviour has changed"
assert str(units("1.6 Tb/s").units) == "terabarn / second", "the behaviour has changed"
try:
    units("400 Gb/s").to("GB/s")
except pint.DimensionalityError as error:
    print("to GB/s:", error)
else:
    raise SystemExit("the behaviour has changed")
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("pint", m.version("pint"))'
"$room/venv/bin/python" "$room/speed.py"
echo "As described: the bits are gilberts and barns."
