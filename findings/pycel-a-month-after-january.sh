#!/usr/bin/env bash
# pycel's EDATE puts one month after 31 January on 3 March; the spreadsheet it stands in for says 28 February.
#
# Guess:     EDATE from a day that the later month lacks ends on that month's last day, as in Excel and LibreOffice.
# Behaviour: the days that are missing run over into the month after: 31 January 2025 and one month is 3 March. A
#            schedule of months or quarters that starts on a 29th to 31st lands in the wrong month.
#            The package `formulas` gives 28 February for the same workbook.
# Versions:  pycel 1.0b30, formulas 1.3.4, openpyxl 3.1.5
# Source:    OpenOffice's manual, wiki.openoffice.org/wiki/Documentation/How_Tos/Calc:_EDATE_function: a day beyond the
#            month's end becomes the last of that month.
# What to do: compute such dates outside, or hold a workbook's dates against a second program.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pycel==1.0b30 formulas==1.3.4 openpyxl==3.1.5
cat >"$room/month.py" <<'PY'
import sys
import warnings
from datetime import date, timedelta

warnings.filterwarnings("ignore")
import formulas
import openpyxl
from pycel import ExcelCompiler

path = sys.argv[1]
book = openpyxl.Workbook()
book.active.title = "S"
book.active["A1"] = "=EDATE(DATE(2025,1,31),1)"
book.save(path)


def day(serial: float) -> str:
    """A spreadsheet's serial number as a date."""
    return str(date(1899, 12, 30) + timedelta(days=int(serial)))


first = day(ExcelCompiler(path).evaluate("S!A1"))
cells = formulas.ExcelModel().loads(path).finish().calculate()
second = day(next(cell.value[0, 0] for name, cell in cells.items() if str(name).upper().endswith("S'!A1")))
print("a month after 31 January 2025: pycel", first, "| formulas", second)
assert second == "2025-02-28"
assert first == "2025-03-03", "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("pycel", m.version("pycel"), "formulas", m.version("formulas"))'
"$room/venv/bin/python" "$room/month.py" "$room/book.xlsx" 2>/dev/null
echo "As described: the month's end runs over."
