#!/usr/bin/env bash
# In squigglepy an input that is mentioned twice is drawn twice.
#
# Guess:     with margin = norm(mean=10, sd=2), margin - margin is nothing and margin / margin one, in every sample: a
#            model names an input once and uses it in several places.
# Behaviour: each mention is drawn anew. The difference has a standard deviation of 2.8 (2 times the square root of two),
#            and the ratio a mean of 1.04. A valuation written as an expression of distributions is therefore too wide
#            where an input enters with both signs, and its mean is off. Written as a function that draws each input
#            once and samples the function, it is right.
# Versions:  squigglepy 0.30, numpy 2.4.6
# Source:    https://github.com/rethinkpriorities/squigglepy (README: distributions can be added and divided, and a
#            function can be sampled); the README's examples do not use an input twice in one expression.
# What to do: sample inside a function.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install squigglepy==0.30 numpy==2.4.6
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import numpy as np
import squigglepy as sq

print("squigglepy", version("squigglepy"), "| numpy", version("numpy"))
sq.set_seed(1)
margin = sq.norm(mean=10, sd=2)
difference, ratio = sq.sample(margin - margin, 20_000), sq.sample(margin / margin, 20_000)


def once():
    drawn = sq.sample(margin)
    return drawn / drawn


held = np.array(sq.sample(once, 200))
print(f"margin - margin: sd {difference.std():.2f}; margin / margin: mean {ratio.mean():.3f}; as a function: {held.min():.0f} to {held.max():.0f}")
assert abs(difference.std() - 2 * 2**0.5) < 0.1 and 1.03 < ratio.mean() < 1.06, "the behaviour has changed"
assert held.min() == held.max() == 1
print("As described: two mentions, two draws.")
PY
