#!/usr/bin/env bash
# West of Greenwich one picture shows one date as two days: the axis by UTC, the label by the local zone.
#
# Guess:     a temporal field on a scale of type "utc" is read in UTC wherever the chart writes it: on the axis and in
#            a text mark beside the point.
# Behaviour: the scale's type reaches the axis only. In New York the axis says 2022-07-31 and the text mark of the same
#            field, with the same format, 2022-07-30. A UTC time unit on the text channel mends it.
# Versions:  vl-convert-python 1.9.0.post1 (its Vega-Lite 6), without a browser
# Source:    Vega-Lite documents "utc" as a property of scales and of time units
#            (https://vega.github.io/vega-lite/docs/timeunit.html#utc); formats of text and tooltip are not mentioned there.
# What to do: give every text and tooltip channel of a date a unit such as "utcyearmonthdate", or text made beforehand.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install vl-convert-python==1.9.0.post1
cat >"$room/draw.py" <<'PY'
import re, sys

import vl_convert

day = {"field": "day", "type": "temporal"}
text = {**day, "format": "%Y-%m-%d"} | ({"timeUnit": "utcyearmonthdate"} if "mended" in sys.argv else {})
axis = {"format": "%Y-%m-%d", "title": None, "values": [{"year": 2022, "month": 7, "date": 31, "utc": True}]}
chart = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"day": "2022-07-31"}]},
    "encoding": {"x": {**day, "scale": {"type": "utc"}, "axis": axis}},
    "layer": [{"mark": "point"}, {"mark": "text", "encoding": {"text": text}}],
}
print(*re.findall(r"<text[^>]*>([^<]*)<", vl_convert.vegalite_to_svg(chart)))
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("vl-convert-python", m.version("vl-convert-python"))'
west=$(TZ=America/New_York "$room/venv/bin/python" "$room/draw.py")
east=$(TZ=Asia/Tokyo "$room/venv/bin/python" "$room/draw.py")
mended=$(TZ=America/New_York "$room/venv/bin/python" "$room/draw.py" mended)
echo "New York, axis and text: $west"
echo "Tokyo, axis and text: $east"
echo "New York with a UTC unit on the text: $mended"
[[ $west == "2022-07-31 2022-07-30" && $east == "2022-07-31 2022-07-31" && $mended == "2022-07-31 2022-07-31" ]] ||
  { echo "the behaviour has changed" >&2; exit 1; }
echo "As described: one date, two days."
