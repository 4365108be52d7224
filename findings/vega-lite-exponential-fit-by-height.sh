#!/usr/bin/env bash
# Vega-Lite's exponential trend is not the line through the logarithms: each point counts by its height.
#
# Guess:     the regression transform with method "exp" fits ln y on x by least squares, the growth rate that an analyst
#            quotes; method "pow" fits ln y on ln x. Or "exp" minimises the squares of y itself.
# Behaviour: "pow" is the plain fit of logarithms. "exp" is neither guess: it weighs each squared error of ln y by y, so
#            that the last years of a growing series decide. Five points that grow 87 % a step by their logarithms
#            (natural rate) grow 80 % by the chart, 70 % by squares of y.
# Versions:  vl-convert-python 1.9.0.post1 (its Vega-Lite 6), numpy 2.4.6, scipy 1.17.1
# Source:    Vega-Lite's documentation of the regression transform gives the form of the curve and no weights
#            (https://vega.github.io/vega-lite/docs/regression.html).
# What to do: fit in Python and hand the curve to the chart, where a growth rate is stated beside it.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install vl-convert-python==1.9.0.post1 numpy==2.4.6 scipy==1.17.1
cat >"$room/fit.py" <<'PY'
import re

import numpy as np
import vl_convert
from scipy.optimize import curve_fit

x, y = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 4, 20, 30])


def drawn(method: str) -> tuple[float, float]:
    """Scale and rate (or power) that the chart's own transform finds."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"x": a, "y": b} for a, b in zip(x, y)]},
        "transform": [
            {"regression": "y", "on": "x", "method": method, "params": True},
            {"calculate": "datum.coef[0] + ' ' + datum.coef[1]", "as": "found"},
        ],
        "mark": "text",
        "encoding": {"text": {"field": "found"}},
    }
    first, second = re.search(r"<text[^>]*>([^<]*)<", vl_convert.vegalite_to_svg(spec))[1].split()
    return float(first), float(second)


logs = np.polyfit(x, np.log(y), 1)[0]
by_height = np.polyfit(x, np.log(y), 1, w=np.sqrt(y))[0]
squares = curve_fit(lambda x, a, b: a * np.exp(b * x), x, y, p0=(1, 1))[0][1]
power = np.polyfit(np.log(x), np.log(y), 1)[0]
exp, pow_ = drawn("exp")[1], drawn("pow")[1]
print(f"rate: Vega-Lite {exp:.4f} | logarithms {logs:.4f}, logarithms weighed by y {by_height:.4f}, squares {squares:.4f}")
print(f"power: Vega-Lite {pow_:.4f} | logarithms {power:.4f}")
assert np.isclose(pow_, power)
assert np.isclose(exp, by_height) and not np.isclose(exp, logs, rtol=0.05), "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("vl-convert-python", m.version("vl-convert-python"))'
"$room/venv/bin/python" "$room/fit.py"
echo "As described: the curve is fitted by height."
