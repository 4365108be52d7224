#!/usr/bin/env bash
# Closing prices of early January, dated as American files date them, become a year of prices, one a month.
#
# Guess:     a reader that is asked to find dates leaves 01/02/2024 as text, since no value of the file tells the month
#            from the day; or it goes by the month, as the sites from which American prices and rates come write it.
# Behaviour: polars (try_parse_dates) and duckdb (read_csv) both take the day first, without a word: the nine trading
#            days from 2 to 12 January stand on the first day of nine months from February on. With one day after the twelfth
#            in the file duckdb turns round and reads January, polars gives text, so that the same program works on most
#            files and is wrong on those of a month's first days.
# Versions:  polars 2.1.0, duckdb 2.0.1
# Source:    polars does not name the formats that it infers beside ISO 8601's
#            (https://docs.pola.rs/api/python/stable/reference/api/polars.read_csv.html); duckdb documents that its
#            sniffer picks a format that fits all sampled values (https://duckdb.org/docs/stable/data/csv/auto_detection).
#            Prices: Nvidia's closes of January 2024 after its split (finance.yahoo.com/quote/NVDA/history).
# What to do: say the format: `pl.col("Date").str.to_date("%m/%d/%Y")`, `read_csv(..., dateformat='%m/%d/%Y')`.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install polars==2.1.0 duckdb==2.0.1
cd "$room"
cat >closes.py <<'PY'
import datetime as dt
from pathlib import Path

import duckdb
import polars as pl

JANUARY = {2: 48.17, 3: 47.57, 4: 48.00, 5: 49.10, 8: 52.25, 9: 53.14, 10: 54.35, 11: 54.82, 12: 54.71}
LATER = {16: 56.38}


def file(name, closes):
    """A file as American sites write it."""
    Path(name).write_text("Date,Close\n" + "".join(f"01/{day:02}/2024,{usd}\n" for day, usd in closes.items()))
    return name


early, month = file("early.csv", JANUARY), file("month.csv", JANUARY | LATER)
for name in (early, month):
    by_polars = pl.read_csv(name, try_parse_dates=True)["Date"].to_list()
    by_duckdb = [day for (day,) in duckdb.sql(f"select Date from read_csv('{name}')").fetchall()]
    print(f"{name}: polars {by_polars[0]!s} to {by_polars[-1]!s}; duckdb {by_duckdb[0]} to {by_duckdb[-1]}")
    months = [dt.date(2024, day, 1) for day in JANUARY]
    days = [dt.date(2024, 1, day) for day in JANUARY | LATER]
    if name == early:
        assert by_polars == by_duckdb == months, "the behaviour has changed"
    else:
        assert by_duckdb == days, "the behaviour has changed"
        assert by_polars == [f"{day:%m/%d/%Y}" for day in days], "the behaviour has changed"
told = pl.read_csv(early).with_columns(pl.col("Date").str.to_date("%m/%d/%Y"))["Date"].to_list()
assert told == [dt.date(2024, 1, day) for day in JANUARY]
PY
"$room/venv/bin/python" -c 'import duckdb, polars; print("polars", polars.__version__, "duckdb", duckdb.__version__)'
"$room/venv/bin/python" closes.py
echo "As described: a file of a month's first days is read with the day first."
