#!/usr/bin/env bash
# Vega-Lite: an area whose edge has no legend has no legend for its colour either.
#
# Guess:     "legend": null on the stroke of an area leaves out the legend of the stroke; the legend of the colour, which
#            says nothing about itself, stays. Or the two are one legend, and the null of one is not heard.
# Behaviour: colour and stroke by one field are one legend, and the null of either takes it away from both, without a
#            warning: bands stacked by maker are drawn with nothing that says which is whose. With the stroke's legend
#            left unsaid there is one legend, with the edge on its symbols.
# Versions:  vl-convert-python 1.9.0.post1 (its Vega-Lite 6)
# Source:    Vega-Lite's documentation of the legend says that null takes away the legend of the channel
#            (https://vega.github.io/vega-lite/docs/legend.html).
# What to do: say nothing of the stroke's legend, or null for both.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install vl-convert-python==1.9.0.post1
cat >"$room/bands.py" <<'PY'
import re

import vl_convert

SALES = [{"year": y, "maker": m, "sales": s} for m, line in (("cloud", (3, 5, 9)), ("chips", (2, 6, 12)))
         for y, s in enumerate(line)]
BY_MAKER = {"field": "maker", "type": "nominal"}


def named(**channels):
    """The makers that a picture of stacked bands names."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": SALES},
        "mark": {"type": "area", "fillOpacity": 0.5},
        "encoding": {"x": {"field": "year", "type": "quantitative"}, "y": {"field": "sales", "type": "quantitative"},
                     **channels},
    }
    words = re.findall(r">([^<>]+)</text>", vl_convert.vegalite_to_svg(spec))
    return [maker for maker in ("cloud", "chips") if maker in words]


alone = named(color=BY_MAKER)
edged = named(color=BY_MAKER, stroke=BY_MAKER)
silenced = named(color=BY_MAKER, stroke={**BY_MAKER, "legend": None})
print(f"named: colour alone {alone}; with an edge {edged}; with an edge whose legend is null {silenced}")
assert alone == edged == ["cloud", "chips"]
assert silenced == [], "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("vl-convert-python", m.version("vl-convert-python"))'
"$room/venv/bin/python" "$room/bands.py"
echo "As described: the null of the edge takes the legend of the colour away."
