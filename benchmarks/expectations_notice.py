"""How many broken formulas the expectations alone notice: ten, each broken in one way that a person might.

    python benchmarks/expectations_notice.py

No test runs and no build: only `shortcase expect`, in a copy of the book and the lib with one place changed at a time.
Asked are the sentences about outputs whose code imports the broken module, at once or through others: others
cannot tell.
benchmarks/results/expectations_notice.json has what was broken, and which expectations noticed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shortcase.case.expectations import expectations
from shortcase.commands.expect import judge
from shortcase.commands.expect import outputs as outputs_of_the_valuation
from shortcase.commands.expect.outputs import Outputs
from shortcase.publish.check.book import read
from shortcase.publish.read import modules

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "expectations_notice.json"
MODEL = "lib/shortcase/model"
BROKEN = (
    ("a discount that grows with time", "valuation/discounted_cash_flow.py",
     "def discount_factor", "(early - year)", "(year - early)"),
    ("an annuity with the wrong sign under its line", "valuation/annuity.py",
     "def capital_recovery_factor", "(1.0 - (1.0 + safe)", "(1.0 + (1.0 + safe)"),
    ("a yield that counts each defect twice", "chips/wafer_yield.py", "def poisson", "np.exp(-", "np.exp(-2.0 * "),
    ("tries whose failures multiply to more than one", "language_models/repeated_sampling.py",
     "def coverage", "np.log1p(-success)", "np.log1p(success)"),
    ("an answer of demand that gives the volume in place of the spending", "demand/accelerator_demand.py",
     "def at_a_price", "(1.0 - elasticity)", "(-elasticity)"),
    ("a margin that counts a seller too many", "markets/sunk_cost_entry.py",
     "def margin_with", "1.0 / sellers", "1.0 / (sellers + 1.0)"),
    ("a Shapley value whose weights do not add to one", "probability/shapley.py",
     "def shapley_values", "factorial(n - size - 1)", "factorial(n - size)"),
    ("a view that weighs more the more it errs", "trading/reference_class.py",
     "def weight_of_view", "return class_spread**2 /", "return view_error**2 /"),
    ("spending that is at least its ceiling", "demand/build_out_ceiling.py", "def capped", "np.minimum", "np.maximum"),
    ("losses to two rivals that are added up", "markets/share_loss.py",
     "def combined_loss", "1.0 - (1.0 - first) * (1.0 - second)", "first + second"),
)  # fmt: skip
"""What is broken in words, the module, the function, and what stands in its code and instead."""


def broken(source: str, function: str, was: str, now: str) -> str:
    """The source with the first such place in the code of a function changed.

    Errors: SystemExit where the function has no such place: then this list is to be mended.
    """
    begin = source.find(function)
    body = source.find('"""', source.find('"""', begin) + 3) + 3
    place = source.find(was, body)
    end = source.find("\ndef ", body)
    if begin < 0 or place < 0 or (0 <= end < place):
        sys.exit(f"{function} has no {was!r}. To put it right: name a place that it has.")
    return source[:place] + now + source[place + len(was) :]


def asked(module: str) -> list[str]:
    """The expectations about outputs whose code imports a module of the formulas, at once or through others."""
    outputs = Outputs(read(ROOT))
    broken_module = f"shortcase.model.{module.removesuffix('.py').replace('/', '.')}"
    imported = {name: [code.imports] for name, code in outputs.book.codes.items()}
    homes = {**imported, "thesis": [[outputs_of_the_valuation.__name__]]}
    near = {name for name, first in homes.items() if broken_module in modules.closure(first)}
    return [name for name, one in expectations().items() if near.intersection(judge.chapters_of(one, outputs))]


def noticed(room: Path, names: Sequence[str]) -> dict[str, str]:
    """The expectations that fail or cannot be tested in a copy, of those asked, each with what was found."""
    environment = {**os.environ, "PYTHONPATH": str(room / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "shortcase.cli", "expect", *names, "--json"],
        cwd=room, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.stdout.startswith("{"):
        return {"all": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it did not run"}
    rows = json.loads(done.stdout)["expectations"]
    return {name: f"{row['outcome']}: {row['told']}" for name, row in rows.items() if row["outcome"] != "passed"}


def main() -> None:
    """Break, ask, tell."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder) / "book"
        for name in ("book", "lib"):
            shutil.copytree(ROOT / name, room / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        before = noticed(room, list(expectations()))
        if before:
            sys.exit(f"Without any fault: {before}. To put it right: run shortcase expect first.")
        rows: list[dict[str, Any]] = []
        for about, module, function, was, now in BROKEN:
            path = room / MODEL / module
            sound = path.read_text(encoding="utf-8")
            path.write_text(broken(sound, function, was, now), encoding="utf-8")
            names = asked(module)
            found = noticed(room, names)
            path.write_text(sound, encoding="utf-8")
            rows.append(
                {"broken": about, "module": module, "was": was, "now": now, "asked": len(names), "noticed_by": found}
            )
            print(f"{len(found):3d} of {len(names)} notice {about}: {', '.join(list(found)[:4])}", flush=True)
            keep(rows)  # each takes minutes, and what is known so far is worth having
    seen = sum(bool(row["noticed_by"]) for row in rows)
    print(f"{seen} of {len(rows)} broken formulas are noticed by the expectations alone")


def keep(rows: list[dict[str, Any]]) -> None:
    """Write down what has been broken so far."""
    told = {"broken": len(rows), "noticed": sum(bool(row["noticed_by"]) for row in rows), "rows": rows}
    RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
