#!/usr/bin/env bash
# Zero quarters after a quarter's end is that day, for every calendar in pandas but the 52/53-week one, which raises.
#
# Guess:     `day + k * offset` for k from 0 on lists the ends of a company's fiscal quarters, as with QuarterEnd.
# Behaviour: 0 * FY5253Quarter(...) raises ValueError ("N cannot be 0"), where 0 * QuarterEnd(...) is allowed and leaves
#            a quarter's end where it is. From k = 1 on the dates are right, the 53rd week of fiscal 2021 included.
# Versions:  pandas 3.1.1
# Source:    pandas documents FY5253Quarter's n as the number of quarters represented, without excluding zero
#            (pandas.pydata.org, API reference, pandas.tseries.offsets.FY5253Quarter).
# What to do: begin a list of quarters with the day itself, or take pandas.date_range with the offset as its step.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pandas==3.1.1
cat >"$room/quarters.py" <<'PY'
import pandas as pd

start = pd.Timestamp("2020-01-26")  # a fiscal year that ends on the last Sunday of January
weeks = pd.offsets.FY5253Quarter(startingMonth=1, weekday=6, qtr_with_extra_week=4, variation="last")
plain = pd.offsets.QuarterEnd(startingMonth=1)
print("calendar quarters:", [str((pd.Timestamp("2020-01-31") + k * plain).date()) for k in range(3)])
ends = [str((start + k * weeks).date()) for k in range(1, 5)]
print("52/53 weeks, from the first on:", ends)
assert ends == ["2020-04-26", "2020-07-26", "2020-10-25", "2021-01-31"]
try:
    print(start + 0 * weeks)
except ValueError as error:
    print("52/53 weeks, none:", error)
else:
    raise SystemExit("the behaviour has changed")
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("pandas", m.version("pandas"))'
"$room/venv/bin/python" "$room/quarters.py"
echo "As described: no quarter is not allowed."
