#!/usr/bin/env bash
# docutils sets \frac12 as twelve over whatever comes next: LaTeX's one half becomes another formula, without a word.
#
# Guess:     `\left(\frac12\right)^n` is set as one half to the n, as TeX reads it (a macro's argument without braces
#            is one token, here one digit), or is refused with a math error.
# Behaviour: the converter reads the number 12 as one argument and takes the closing bracket for the other: MathML with
#            12 over ")". `\tfrac12` alone is refused. With braces, or with a letter as argument, both are right.
# Versions:  docutils 0.23 (the same in 0.21.2)
# Source:    docutils, "LaTeX syntax for mathematics" (docs/ref/rst/mathematics.html), says that the input is LaTeX's;
#            TeX: D. E. Knuth, The TeXbook, chapter 20 (an undelimited argument is the next token or group).
# What to do: braces around every argument, and a check that no macro is followed by two digits.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install docutils==0.23
cat >"$room/half.py" <<'PY'
import re

from docutils import __version__
from docutils.utils.math.latex2mathml import tex2mathml


def fraction(tex: str) -> list[str]:
    """What stands above and below the line."""
    inner = re.search(r"<mfrac>(.*?)</mfrac>", str(tex2mathml(tex)), re.S)
    return re.findall(r">([^<>\s]+)<", inner[1])


bare, braced = fraction(r"\left(\frac12\right)^n"), fraction(r"\left(\frac{1}{2}\right)^n")
print("docutils", __version__)
print(r"\left(\frac12\right)^n      above and below the line:", *bare)
print(r"\left(\frac{1}{2}\right)^n  above and below the line:", *braced)
assert braced == ["1", "2"]
assert bare == ["12", ")"], "the behaviour has changed"
PY
"$room/venv/bin/python" "$room/half.py"
echo "As described: the fraction takes the bracket."
