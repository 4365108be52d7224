#!/usr/bin/env bash
# A running sum counts what happens later on the same day: two rows of a day both get the sum after the day.
#
# Guess:     the window of rows up to and with the present one, which is the default frame, adds row by row; rows of the
#            same day keep the order of the data.
# Behaviour: with a sort field, rows equal in it are peers, and the frame runs to the last of them: of 10 on the first
#            day and 1 and 2 on the second, the sums are 10, 13, 13. Without a sort, or with ignorePeers, 10, 11, 13. A
#            staircase of spending or of news with two entries on a day leaves out a step and shows the last one twice.
# Versions:  vl-convert-python 1.9.0.post1 (its Vega-Lite 6)
# Source:    The documentation of "frame" counts rows and says nothing of equal ones; that is under "ignorePeers"
#            (https://vega.github.io/vega-lite/docs/window.html). It is SQL's RANGE, not its ROWS.
# What to do: "ignorePeers": true, or a sort that tells all rows apart.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install vl-convert-python==1.9.0.post1
cat >"$room/sums.py" <<'PY'
import re

import vl_convert

SPENT = [{"day": 1, "usd": 10}, {"day": 2, "usd": 1}, {"day": 2, "usd": 2}, {"day": 3, "usd": 5}]


def sums(**window):
    """The running sum that each row's text mark shows, in the order of the rows."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": SPENT},
        "transform": [{"window": [{"op": "sum", "field": "usd", "as": "so_far"}], **window}],
        "mark": "text",
        "encoding": {"text": {"field": "so_far"}, "x": {"value": 0}},
    }
    return [int(text) for text in re.findall(r">(\d+)</text>", vl_convert.vegalite_to_svg(spec))]


by_day = [{"field": "day"}]
found = sums(sort=by_day)
print(f"sorted by day {found}; peers ignored {sums(sort=by_day, ignorePeers=True)}; not sorted {sums()}")
assert sums(sort=by_day, ignorePeers=True) == sums() == [10, 11, 13, 18]
assert found == [10, 13, 13, 18], "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("vl-convert-python", m.version("vl-convert-python"))'
"$room/venv/bin/python" "$room/sums.py"
echo "As described: rows of one day all carry the sum after the day."
