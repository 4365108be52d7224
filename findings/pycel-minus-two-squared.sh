#!/usr/bin/env bash
# A workbook's =-2^2 is 4; compiled by pycel it is -4: the sign of a squared loss depends on who computes the sheet.
#
# Guess:     a compiler of spreadsheets keeps the spreadsheet's order of operations, in which the sign binds before the
#            power, so that =-2^2 is 4.
# Behaviour: pycel keeps Excel's order for a chain of powers (=2^3^2 is 64, from the left, where Python has 512) but
#            Python's for the sign: =-2^2 is -4. The package `formulas` gives 4 and 64.
# Versions:  pycel 1.0b30, formulas 1.3.4, openpyxl 3.1.5
# Source:    Microsoft, "Calculation operators and precedence in Excel": negation stands before exponentiation.
# What to do: brackets around the base of every power in a workbook that a program is to read.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pycel==1.0b30 formulas==1.3.4 openpyxl==3.1.5
cat >"$room/sign.py" <<'PY'
import sys
import warnings

warnings.filterwarnings("ignore")
import formulas
import openpyxl
from pycel import ExcelCompiler

path = sys.argv[1]
book = openpyxl.Workbook()
book.active.title = "S"
book.active["A1"], book.active["A2"] = "=-2^2", "=2^3^2"
book.save(path)
cells = formulas.ExcelModel().loads(path).finish().calculate()
other = {str(name).rsplit("!", 1)[1].upper(): float(cell.value[0, 0]) for name, cell in cells.items()}
ours = {name: float(ExcelCompiler(path).evaluate(f"S!{name}")) for name in ("A1", "A2")}
print("=-2^2 and =2^3^2: pycel", *ours.values(), "| formulas", other["A1"], other["A2"])
assert (other["A1"], other["A2"]) == (4, 64)
assert (ours["A1"], ours["A2"]) == (-4, 64), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("pycel", m.version("pycel"), "formulas", m.version("formulas"))'
"$room/venv/bin/python" "$room/sign.py" "$room/book.xlsx" 2>/dev/null
echo "As described: the sign comes last."
