"""A small book in a folder of its own: two short chapters, three parameters, a ledger of three claims.

It uses the installed lib and its real tables, the real configuration of the site, and nothing of the real chapters.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loaded import start

from shortcase.publish.fingerprint import VARYING

PATIENCE_S = 180.0
"""How long a command may take on a machine that has much else to do; nothing here is timed."""
HEADER = """\
---
jupytext: {formats: md:myst, text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
YIELD = (
    HEADER
    + """
# Yield

```{code-cell} ipython3
from shortcase.case.parameters import value
from shortcase.facts import table
from shortcase.model.chips import wafer_yield
from shortcase.show import claim, number, parameter_table
```

```{code-cell} ipython3
:tags: [parameters]

as_of: str = value("as_of")
defects: float = value("defects")
```

A wafer with {par}`defects` yields {num}`die_yield`, {when}`die_yield > 0.5 | most | a minority` of the dies.
{claim}`yield-half`

```{code-cell} ipython3
parameter_table("defects")
chip = table("accelerators", as_of).row("h100_sxm")
expected = wafer_yield.expected_defects(chip.die_area_mm2, defects)
die = number("die_yield", "share", wafer_yield.poisson, defects=expected)
claim("yield-half", die)
print("the second cell has run")
```
"""
)
COST = (
    HEADER
    + """
# Cost

```{code-cell} ipython3
import pandas as pd

from shortcase.case.parameters import value
from shortcase.model.valuation import annuity
from shortcase.show import number, parameter_table
```

```{code-cell} ipython3
:tags: [parameters]

discount_rate: float = value("discount_rate")
```

Capital over {par}`discount_rate` costs {num}`cost_of_capital`.

```{code-cell} ipython3
parameter_table("discount_rate")
rate = number("cost_of_capital", "per year", annuity.capital_recovery_factor, rate=discount_rate, years=4.0)
pd.DataFrame({"rate": [rate, discount_rate]})
```
"""
)
PARAMETERS = """\
as_of:
  {label: As-of date, kind: date, unit: date, value: "2025-01-25", source: The day of the essay, date: "2025-01-25"}
defects:
  label: Defects
  kind: float
  unit: per cm2
  value: 0.1
  essay: 0.2
  low: 0.05
  high: 0.2
  interval: judgement
  min: 0.01
  max: 1
  source: Made for a test
  date: "2025-01-25"
discount_rate:
  {label: Rate, kind: float, unit: share, value: 0.1, min: 0, max: 1, source: Made for a test, date: "2025-01-25"}
"""
CLAIMS = """\
id,section,chapter,kind,weight,paraphrase,stated,unit,rule,tolerance,test,why_not,lead,resolution,note,plan
yield-half,Introduction,die_yield,estimate,main,At least half of the dies work.,0.5,share,at_least,,the yield,,,,,
cost-high,Introduction,cost,judgement,aside,Capital is dear.,,text,,,,A judgement.,,,,
date-said,The Fallout,die_yield,fact,aside,It was said on a day.,2025-01-25,date,,,,A date.,,,,
"""
TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/die_yield
  - file: book/cost
  - file: book/parameters
"""
CONFIG = """\
title: A small book
author: Nobody
copyright: "2025"
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx:
  recursive_update: true
  config:
    project: A small book
    extensions: [myst_nb, jupyter_book, sphinx_external_toc, shortcase.publish.site.extension]
    html_theme: shortcase
    html_static_path: [book/_static]
    html_copy_source: false
"""
FILES = {
    "book/index.md": "# A small book\n\nThe yield is {num}`die_yield`, on 25 January 2025.\n",
    "book/die_yield.md": YIELD,
    "book/cost.md": COST,
    "book/parameters.md": "# Parameters\n\n```{parameter-index}\n```\n",
    "book/parameters.yml": PARAMETERS,
    "book/claims.csv": CLAIMS,
    "book/lint.yml": 'names:\n  - "H100"\n',
    "book/scenarios/documented.yml": "title: Documented\nreason: The best-sourced values.\n",
    "book/scenarios/essay.yml": "title: The essay's\nreason: Its own numbers.\nbase: essay\n",
    "_toc.yml": TOC,
    "_config.yml": CONFIG,
    "requirements.txt": "nothing==1\n",
}


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Ask = Callable[..., Ran]
"""Runs a command in a book without starting a process."""


@dataclass(frozen=True)
class SmallBook:
    """A small book, to be changed and to be built."""

    root: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Change one place in a file; the test is wrong where that is not there."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """The first line of a file that holds a text."""
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def shortcase(self, *arguments: str) -> Ran:
        """Run a command in the book, in a process of its own that has all it imports from the start."""
        with tempfile.TemporaryDirectory() as room:
            out, err = Path(room) / "out", Path(room) / "err"
            code = start(arguments, self.root, self.environment(), (out, err), PATIENCE_S)
            return Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def shortcase_afresh(self, *arguments: str, lib: Path | None = None) -> Ran:
        """The same in an interpreter just started, for what must be there from its first line; or with another lib."""
        environment = self.environment() | ({"PYTHONPATH": str(lib)} if lib else {})
        done = subprocess.run(
            [sys.executable, "-m", "shortcase.cli", *arguments],
            cwd=self.root, capture_output=True, text=True, timeout=PATIENCE_S, check=False, env=environment,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    @staticmethod
    def environment() -> dict[str, str]:
        """As a reader's shell has it, with any warning of the test runner's own left out."""
        return {k: v for k, v in os.environ.items() if k not in ("PYTHONWARNINGS", "SHORTCASE_VALUES")}

    def snapshot(self, folder: str = "_build") -> dict[str, bytes]:
        """Every file of a folder."""
        base = self.root / folder
        return {p.relative_to(base).as_posix(): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()}

    def last_build(self) -> dict[str, bytes]:
        """Every file that builds have left; a check, which may refuse the next, keeps what it knows of the pages."""
        return {name: body for name, body in self.snapshot().items() if not name.startswith("known/")}

    def site(self) -> dict[str, bytes]:
        """Every file of the site but the one that says when it was built: what another build of the same gives."""
        found = self.snapshot("_build/html")
        del found[VARYING.as_posix()]
        return found


def make(folder: Path) -> SmallBook:
    """Write a small book into a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SmallBook(folder)
