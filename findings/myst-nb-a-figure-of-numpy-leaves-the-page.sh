#!/usr/bin/env bash
# A figure that numpy or pandas computed, glued into a sentence with its digits, is not on the page at all.
#
# Guess:     {glue:text}`key:.2f` writes a numpy float as it writes Python's: both are floats, and one is a subclass of
#            the other. At worst the figure comes unrounded.
# Behaviour: 3.14159 becomes 3.14; np.float64(3.14159), which the mean of a column is, leaves a gap between the words:
#            the role gives nothing but a warning, and the build ends with exit code 0. Without digits the page shows
#            the text np.float64(3.14159).
# Versions:  myst-nb 1.4.0, numpy 2.4.6, pandas 3.1.1, Sphinx 9.0.4
# Source:    numpy 2 writes the type into the text of its scalars
#            (https://numpy.org/doc/stable/release/2.0.0-notes.html), and the role reads the figure back from that text
#            (myst_nb/ext/glue/roles.py). The warning is known: https://github.com/executablebooks/MyST-NB/issues/610
# What to do: glue `float(x)`, or treat warnings as errors (`sphinx-build -W`).
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install \
  myst-nb==1.4.0 numpy==2.4.6 pandas==3.1.1 sphinx==9.0.4 ipykernel==7.1.0
mkdir "$room/site"
cat >"$room/site/conf.py" <<'PY'
extensions = ["myst_nb"]
nb_execution_mode = "force"
PY
cat >"$room/site/index.md" <<'MD'
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# Margins

```{code-cell}
import numpy as np
import pandas as pd
from myst_nb import glue

glue("python", 3.14159, display=False)
glue("numpy", np.float64(3.14159), display=False)
glue("mean", pd.Series([3.0, 3.28318]).mean(), display=False)
```

First {glue:text}`python:.2f`, second {glue:text}`numpy:.2f`, third {glue:text}`mean:.2f`, bare {glue:text}`numpy`.
MD
"$room/venv/bin/python" -c 'from importlib.metadata import version as v; print(*(f"{n} {v(n)}" for n in ("myst-nb", "numpy", "pandas", "sphinx")))'
code=0
"$room/venv/bin/python" -m sphinx -q -b text "$room/site" "$room/out" 2>"$room/told" || code=$?
sentence=$(grep First "$room/out/index.txt")
echo "exit code $code; the page: $sentence"
grep -o "WARNING: Failed to format.*" "$room/told"
[ "$code" = 0 ]
[ "$sentence" = "First 3.14, second , third , bare np.float64(3.14159)." ] || { echo "the behaviour has changed"; exit 1; }
echo "As described: the figures of numpy and pandas are missing from the sentence."
