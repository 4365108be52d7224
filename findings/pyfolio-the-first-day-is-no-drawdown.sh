#!/usr/bin/env bash
# pyfolio's table of drawdowns has no fall of the first day, though its summary of the same returns begins with it.
#
# Guess:     the worst row of gen_drawdown_table is the "Max drawdown" of perf_stats: one module, one series of returns.
# Behaviour: for a week that opens with a fall of 17 % the summary says 17 % and the table's worst row is 7.7 %, from
#            the second day on: the path that it measures starts after the first return, at what was left. One quiet
#            day in front, and both say 17 %.
# Versions:  pyfolio-reloaded 0.10.1, empyrical-reloaded 0.7.1, pandas 3.1.1
# Source:    quantopian/pyfolio issue 179 (2015, closed) told it of the summary, which empyrical has mended since;
#            pyfolio/timeseries.py, get_max_drawdown_underwater and get_top_drawdowns, still begin at the first close.
# What to do: put a return of zero before the first day of an event window.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pyfolio-reloaded==0.10.1 empyrical-reloaded==0.7.1 pandas==3.1.1
cat >"$room/week.py" <<'PY'
import warnings

warnings.filterwarnings("ignore")
import pandas as pd
from pyfolio import timeseries

days = pd.to_datetime(["2025-01-24", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"])
returns = pd.Series([0.0, -0.17, 0.089, -0.041, -0.001, -0.037], index=days)


def worst(of):
    """The worst drawdown, in per cent: of the table, and of the summary."""
    table = timeseries.gen_drawdown_table(of, top=1)["Net drawdown in %"].astype(float).max()
    return round(float(table), 1), round(-100.0 * float(timeseries.perf_stats(of)["Max drawdown"]), 1)


whole, cut = worst(returns), worst(returns.iloc[1:])
print("with a quiet day in front: table", whole[0], "% summary", whole[1], "%")
print("from the day of the fall:  table", cut[0], "% summary", cut[1], "%")
assert whole == (17.0, 17.0)
assert cut == (7.7, 17.0), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("pyfolio-reloaded", m.version("pyfolio-reloaded"))'
MPLBACKEND=agg "$room/venv/bin/python" "$room/week.py"
echo "As described: the table begins after the first fall."
