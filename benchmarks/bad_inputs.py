"""A hundred thousand bad inputs through the book's parsers: no traceback, no hang, each refusal with place and advice.

Half are valid texts with one to four things wrong, drawn by a seed; half are found by atheris, a fuzzer that follows
which branches of the parsers an input reaches (`pip install atheris`; without it all are drawn).

    python benchmarks/bad_inputs.py --inputs 100000        writes benchmarks/results/bad_inputs.json
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "faults"))

RESULT = Path(__file__).parent / "results" / "bad_inputs.json"
SHARES = {"--set": 24, "--scenario": 4, "scenario file": 16, "parameters": 12, "ledger": 14, "description of a table": 10,
          "rows of a table": 14, "correlations": 10, "chapter": 1}  # fmt: skip
"""How many of a hundred inputs each parser gets, or so: a chapter takes a hundred times as long to read as a setting."""


def main() -> None:
    """Feed each parser in a process of its own, and write the tally."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    record: dict[str, Any] = {"seed": asked.seed, "parsers": {}}
    for name, share in SHARES.items():
        count = max(2, asked.inputs * share // sum(SHARES.values()) + 1)
        tally: Counter[str] = Counter()
        for how in (drawn, guided):
            tally += _apart(how, name, count // 2, asked.seed)
        record["parsers"][name] = dict(sorted(tally.items()))
        print(name, record["parsers"][name], flush=True)
    totals = Counter[str]()
    for tally in record["parsers"].values():
        totals.update(tally)
    record["inputs"] = totals.pop("by atheris", 0) and sum(totals.values()) or sum(totals.values())
    record["wrong"] = {what: number for what, number in totals.items() if what not in ("taken", "refused")}
    RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
