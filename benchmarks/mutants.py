"""How many faults `tests/unit` notices that are put into the formulas and the thesis, one at a time.

    python benchmarks/mutants.py [--count 320] [--seed 1] [--jobs 2] [--only roofline]

A fault is one operator, comparison, constant, extreme, sign or order of arguments, exchanged at a place drawn at
random. Each runs in a process of its own, against the test files of tests/unit/model and tests/unit/case that reach its
module by their imports, and the module's own examples. What survives and changes nothing, for a reason that a person
has written into benchmarks/mutants_without_effect.csv, does not count. benchmarks/results/mutants.json has the tally.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import importlib.abc
import importlib.util
import json
import multiprocessing as mp
import os
import random
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from shortcase.publish.read import modules

ROOT = Path(__file__).resolve().parents[1]
LIB = ROOT / "lib"
TESTS = ROOT / "tests" / "unit"
RESULT = ROOT / "benchmarks" / "results" / "mutants.json"
WITHOUT_EFFECT = ROOT / "benchmarks" / "mutants_without_effect.csv"
LONGEST_S = 240
"""Of processor time, so that a busy machine calls nothing caught that is only slow."""
NOT_TESTED = 3
"""Exit code of a run that took the module from the disk, not the faulty one: it would say nothing."""
LOADED = ("numpy", "scipy.optimize", "scipy.special", "scipy.stats", "pandas", "yaml")
"""What every test needs and no fault touches: imported once, before the processes part."""

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
EXTREMES = {"minimum": "maximum", "maximum": "minimum", "min": "max", "max": "min", "floor": "ceil", "ceil": "floor"}


@dataclass(frozen=True)
class Mutant:
    """One fault: a stretch of a file, what stands there instead, and the text of the line that it begins on."""

    path: str
    line: int
    kind: str
    was: str
    now: str
    source: str
    where: str = ""

    @property
    def module(self) -> str:
        """The dotted name of the module that it is in."""
        return ".".join(Path(self.path).with_suffix("").parts[1:])


def mutants(path: Path) -> Iterator[Mutant]:
    """Every fault that can be put into a module."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in places(ast.parse(source)):
        kind_and_text = faults(node)
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        raw = source.encode()
        for kind, text in kind_and_text:
            new = (raw[:begin] + f"({text})".encode() + raw[end:]).decode()
            was = raw[begin:end].decode()
            where = source.splitlines()[node.lineno - 1].strip()
            yield Mutant(path.relative_to(ROOT).as_posix(), node.lineno, kind, " ".join(was.split()), text, new, where)


def places(tree: ast.Module) -> Iterator[Any]:
    """Expressions that compute: no annotation, no text, no message of an error, no guard of a `zip`."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.BinOp, ast.Compare, ast.Constant, ast.Call, ast.UnaryOp)):
            yield node
        for name, child in ast.iter_fields(node):
            guard = isinstance(node, ast.keyword) and node.arg == "strict"
            if guard or name in {"annotation", "returns", "decorator_list"}:
                continue
            if isinstance(node, (ast.JoinedStr, ast.Raise)):
                continue
            waiting += [one for one in (child if isinstance(child, list) else [child]) if isinstance(one, ast.AST)]


def faults(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The faults of one expression, each with its kind.

    >>> list(faults(ast.parse("a - b", mode="eval").body))
    [('operator', 'a + b')]
    """
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            yield "operator", ast.unparse(ast.BinOp(left, OPERATORS[type(op)](), right))
        case ast.Compare(left=left, ops=[op], comparators=comparators) if type(op) in COMPARISONS:
            yield "comparison", ast.unparse(ast.Compare(left, [COMPARISONS[type(op)]()], comparators))
        case ast.Constant(value=bool() as value):
            yield "constant", repr(not value)
        case ast.Constant(value=int() as value):
            yield "constant", repr(value + 1)
        case ast.Constant(value=float() as value):
            yield "constant", repr(value * 1.1 if value else 0.1)
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield "sign", ast.unparse(operand)
        case ast.Call(func=ast.Attribute(attr=name) as function, args=args, keywords=words) if name in EXTREMES:
            other = ast.Attribute(function.value, EXTREMES[name], ast.Load())
            yield "extreme", ast.unparse(ast.Call(other, args, words))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=words) if name in EXTREMES:
            yield "extreme", ast.unparse(ast.Call(ast.Name(EXTREMES[name], ast.Load()), args, words))
        case ast.Call(func=function, args=[first, second, *rest], keywords=words) if _may_be_exchanged(first, second):
            yield "order", ast.unparse(ast.Call(function, [second, first, *rest], words))


def _may_be_exchanged(first: ast.expr, second: ast.expr) -> bool:
    starred = isinstance(first, ast.Starred) or isinstance(second, ast.Starred)
    return not starred and ast.unparse(first) != ast.unparse(second)


class Faulty(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Loads one module from changed source, and leaves all others alone."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> Any:  # noqa: ARG002 - the protocol
        """Ours where it is the faulty module's name."""
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, ROOT / self.mutant.path, loader=self)  # type: ignore[arg-type]

    def get_source(self, fullname: str) -> str:  # noqa: ARG002 - the protocol
        """The changed source."""
        return self.mutant.source


def tests_of(mutant: Mutant) -> list[list[str]]:
    """What may notice a fault: tests that name its module, and its examples; then the others that reach it."""
    stem = Path(mutant.path).stem if Path(mutant.path).stem != "__init__" else Path(mutant.path).parent.name
    named = re.compile(rf"\b{stem}\b")

    def near(path: Path) -> bool:
        return stem in path.stem or bool(named.search(path.read_text(encoding="utf-8")))

    every = sorted(path for floor in ("model", "case") for path in (TESTS / floor).rglob("test_*.py"))
    reaching = [path for path in every if mutant.module in _reached(path)]
    first = sorted(filter(near, reaching), key=lambda path: (stem not in path.stem, "traced" in path.stem, path.name))
    rest = [path for path in reaching if path not in first]
    return [[str(path) for path in group] for group in ([*first, ROOT / mutant.path], rest) if group]


@cache
def _reached(path: Path) -> frozenset[str]:
    return frozenset(modules.closure([modules.imports(ast.parse(path.read_text(encoding="utf-8")))]))


def caught(mutant: Mutant, tests: Sequence[str]) -> None:
    """Run tests against one fault in this process: exit code 0 where none notices it."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    os.chdir(ROOT)
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))
    for name in [name for name in sys.modules if name.split(".")[0] == "shortcase"]:
        del sys.modules[name]  # imported by this script, before the fault was there
    sys.meta_path.insert(0, Faulty(mutant))
    try:
        # Before pytest, whose own loader would take a file that is named on its command line from the disk.
        importlib.import_module(mutant.module)
    except Exception:  # noqa: BLE001 - a module that does not load is noticed by whoever uses it
        os._exit(1)
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
    tested = isinstance(sys.modules[mutant.module].__loader__, Faulty)
    os._exit((1 if code else 0) if tested else NOT_TESTED)


def verdicts(chosen: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each fault with what became of it: caught, survived, or ran too long, which is noticed as well."""
    context: Any = mp.get_context("fork")
    waiting, running = [(mutant, tests_of(mutant)) for mutant in chosen], list[tuple[Mutant, list[list[str]], Any]]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant, (tests, *later) = waiting.pop(0)
            process = context.Process(target=caught, args=(mutant, tests))
            process.start()
            running.append((mutant, later, process))
        wait([process.sentinel for *_, process in running])
        for task in list(running):
            mutant, later, process = task
            if process.exitcode is None:
                continue
            running.remove(task)
            if process.exitcode == 0 and later:
                waiting.insert(0, (mutant, later))
            else:
                if process.exitcode == NOT_TESTED:
                    sys.exit(f"{mutant.path}: the tests ran without the fault. To put it right: mend `caught` here.")
                yield mutant, {0: "survived", 1: "caught"}.get(process.exitcode, "too long")


def without_effect() -> dict[tuple[str, str, str, str], str]:
    """Faults that change nothing, each with the reason; a line of code is known by its text, which moves with it."""
    if not WITHOUT_EFFECT.is_file():
        return {}
    with WITHOUT_EFFECT.open(encoding="utf-8", newline="") as file:
        return {(row["path"], row["where"], row["was"], row["now"]): row["why"] for row in csv.DictReader(file)}


def _control(path: str) -> None:
    """A module without a fault must pass, or every fault would seem to be caught."""
    sound = Mutant(path, 1, "none", "", "", (ROOT / path).read_text(encoding="utf-8"))
    found = [verdict for _, verdict in verdicts([sound], 1)]
    if found != ["survived"]:
        sys.exit(
            f"Without any fault in {path} the tests say: {found[0]}. To put it right: run pytest tests/unit first."
        )


def main() -> None:
    """Draw, run, tell."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--count", type=int, default=320)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--only", default="", help="modules whose path holds this")
    given = asked.parse_args()
    for name in LOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    floors = [LIB / "shortcase" / floor for floor in ("model", "case")]
    files = [p for floor in floors for p in sorted(floor.rglob("*.py")) if given.only in p.as_posix()]
    every = [m for p in files for m in mutants(p)]
    chosen = random.Random(given.seed).sample(every, min(given.count, len(every)))  # noqa: S311 - no secret
    _control(chosen[0].path)
    harmless, tally, left = without_effect(), Counter[str](), []
    for done, (mutant, verdict) in enumerate(verdicts(chosen, given.jobs), 1):
        known = harmless.get((mutant.path, mutant.where, mutant.was, mutant.now)) if verdict == "survived" else None
        tally["changes nothing" if known else verdict] += 1
        if verdict == "survived" and not known:
            left.append({name: getattr(mutant, name) for name in ("path", "line", "where", "kind", "was", "now")})
            print(f"{mutant.path}:{mutant.line}: {mutant.kind}: {mutant.was}  →  {mutant.now}", flush=True)
        if done % 20 == 0:
            print(f"{done} of {len(chosen)}: {dict(tally)}", file=sys.stderr, flush=True)
    counted = len(chosen) - tally["changes nothing"]
    score = (tally["caught"] + tally["too long"]) / counted
    print(f"{score:.1%} of {counted} faults that change something are caught ({dict(tally)})")
    if not given.only:
        told = {
            "seed": given.seed,
            "drawn": len(chosen),
            "places": len(every),
            "tally": tally,
            "score": score,
            "left": left,
        }
        RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
