#!/usr/bin/env bash
# quantstats takes the returns of a share that more than doubled, and never fell, for prices: a drawdown of 28 %.
#
# Guess:     max_drawdown, worst and win_rate of yearly returns of 239 % and 171 % are 0, 171 % and 100 %: the functions
#            are handed returns, and are documented to take returns.
# Behaviour: returns that are all positive with one above 1 are taken for prices, and their change is used instead:
#            a drawdown of 28 %, a worst year of -28 %, no year won. comp() of the same series compounds the returns
#            as they are, so one report mixes both readings. One negative year among them, and all are returns again.
# Versions:  quantstats 0.0.86, pandas 3.1.1
# Source:    quantstats/utils.py, _prepare_returns: prices are told by min() >= 0 and max() > 1. A like case with daily
#            prices is ranaroussi/quantstats issue 7 (2019, closed).
# What to do: take drawdowns from a path of prices that starts at one, not from returns.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install quantstats==0.0.86 pandas==3.1.1
cat >"$room/doubled.py" <<'PY'
import warnings

warnings.filterwarnings("ignore")
import pandas as pd
from quantstats import stats

years = pd.to_datetime(["2023-12-31", "2024-12-31"])
won = pd.Series([2.39, 1.71], index=years)
found = {name: round(float(getattr(stats, name)(won)), 4) for name in ("max_drawdown", "worst", "win_rate", "comp")}
print("returns of 239 % and 171 %:", found)
lost_first = pd.concat([pd.Series([-0.5], index=pd.to_datetime(["2022-12-31"])), won])
print("with a year of -50 % before them: worst", float(stats.worst(lost_first)), "best", float(stats.best(lost_first)))
assert found["comp"] == round(3.39 * 2.71 - 1, 4)
assert found["max_drawdown"] == found["worst"] == round(1.71 / 2.39 - 1, 4), "the behaviour has changed"
assert found["win_rate"] == 0, "the behaviour has changed"
assert (stats.worst(lost_first), stats.best(lost_first)) == (-0.5, 2.39)
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("quantstats", m.version("quantstats"))'
"$room/venv/bin/python" "$room/doubled.py"
echo "As described: returns are read as prices."
