#!/usr/bin/env bash
# Fiscal quarters that pandas writes to Parquet are the numbers 215, 216, 217 to polars and DuckDB.
#
# Guess:     a column of fiscal quarters (a year that ends in January) is written as text or as dates, or refused, since
#            Parquet has no type for periods.
# Behaviour: pandas stores a count of quarters under an extension type that only pandas knows, with the
#            year's end in the type alone. polars shows a column of integers (of type ext[pandas.period]), DuckDB plain
#            int64: quarter 4 of fiscal 2023 is 215, and the calendar quarter of that number ends eleven months later.
# Versions:  pandas 3.1.1, pyarrow 26.0.1, polars 2.1.0, duckdb 2.0.1
# Source:    pandas lists period dtypes among what to_parquet keeps with pyarrow (user guide, IO tools, Parquet); of
#            other readers it says nothing.
# What to do: write the quarter as text and its last day as a date.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install pandas==3.1.1 pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.1
cat >"$room/quarters.py" <<'PY'
import sys

import duckdb
import pandas as pd
import polars as pl

path = sys.argv[1]
quarters = pd.period_range("2023Q4", periods=3, freq="Q-JAN")
pd.DataFrame({"quarter": quarters, "sales": [1.0, 2.0, 3.0]}).to_parquet(path)
again = pd.read_parquet(path)["quarter"]
in_polars = pl.read_parquet(path)["quarter"]
in_duckdb = duckdb.sql(f"select quarter from '{path}'")
numbers = [row[0] for row in in_duckdb.fetchall()]
print("pandas:", again.astype(str).tolist(), "ending", str(again.dt.end_time.iloc[0].date()))
print("polars:", in_polars.dtype, [str(value) for value in in_polars])
print("duckdb:", in_duckdb.types, numbers)
print("number 215 in the calendar's quarters:", pd.Period(ordinal=215, freq="Q-DEC"), "ending", pd.Period(ordinal=215, freq="Q-DEC").end_time.date())
assert again.astype(str).tolist() == ["2023Q4", "2024Q1", "2024Q2"]
assert [str(value) for value in in_polars] == ["215", "216", "217"], "the behaviour has changed"
assert numbers == [215, 216, 217] and [str(t) for t in in_duckdb.types] == ["BIGINT"], "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print(*(p + " " + m.version(p) for p in ("pandas", "pyarrow", "polars", "duckdb")))'
"$room/venv/bin/python" "$room/quarters.py" "$room/quarters.parquet"
echo "As described: quarters come out as numbers."
