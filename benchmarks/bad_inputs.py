"""A hundred thousand bad inputs through the book's parsers: no traceback, no hang, each refusal with place and advice.

Half are valid texts with one to four things wrong, drawn by a seed; half are found by atheris, a fuzzer that follows
which branches of the parsers an input reaches (`pip install atheris`, which is in no list of ours, for it has no wheel
for macOS or Windows; without it all are drawn).

    python benchmarks/bad_inputs.py --inputs 100000        writes benchmarks/results/bad_inputs.json
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "faults"))

RESULT = Path(__file__).parent / "results" / "bad_inputs.json"
SHARES = {"settings": 24, "names of scenarios": 4, "scenario file": 16, "parameters": 12, "ledger": 14,
          "description of a table": 10, "rows of a table": 14, "correlations": 10, "chapter": 1}  # fmt: skip
"""How the inputs are shared out: a chapter takes a hundred times as long to read as a setting."""
DRAWN, GUIDED = "drawn", "guided"
LONGEST = 4096
"""Characters of a guided input at most."""


def main() -> None:
    """Feed each parser, each half in a process of its own, and write the tally."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--part", nargs=3, metavar=("PARSER", "HOW", "FILE"), help="feed one parser only")
    asked = options.parse_args()
    if asked.part:
        name, how, file = asked.part
        (drawn if how == DRAWN else guided)(name, asked.inputs, asked.seed, Path(file))
        return
    halves = (DRAWN, GUIDED) if importlib.util.find_spec("atheris") else (DRAWN,)
    record: dict[str, Any] = {"seed": asked.seed, "inputs": 0, "parsers": {}, "wrong": {}}
    for name, share in SHARES.items():
        count = asked.inputs * share // (sum(SHARES.values()) * len(halves)) + 1
        record["parsers"][name] = {how: part(name, how, count, asked.seed) for how in halves}
        for tally in record["parsers"][name].values():
            record["inputs"] += sum(tally.values())
            wrong = {f"{name}: {what}": n for what, n in tally.items() if what not in ("taken", "refused")}
            record["wrong"] |= wrong
        print(name, record["parsers"][name], flush=True)
        RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def part(name: str, how: str, count: int, seed: int) -> dict[str, int]:
    """What came of so many inputs of one parser."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tally.json"
        command = [
            sys.executable,
            __file__,
            "--inputs",
            str(count),
            "--seed",
            str(seed),
            "--part",
            name,
            how,
            str(file),
        ]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        found: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return found


def drawn(name: str, count: int, seed: int, file: Path) -> None:
    """Valid texts with something wrong."""
    from parsers import mutated, parsers, told  # noqa: PLC0415 - only in the process that feeds one

    parser, draw = parsers(_book())[name], random.Random(f"{seed} {name}")  # noqa: S311 - no secret
    tally = Counter(told(parser, mutated(draw.choice(parser.seeds), draw)) for _ in range(count))
    file.write_text(json.dumps(dict(sorted(tally.items()))), encoding="utf-8")


def guided(name: str, count: int, seed: int, file: Path) -> None:
    """Texts that reach new branches of our own code."""
    import atheris  # noqa: PLC0415 - not there everywhere

    with atheris.instrument_imports(include=["shortcase"]):
        from parsers import NASTY, parsers, told  # noqa: PLC0415

    folder = _book()
    parser, tally = parsers(folder)[name], Counter[str]()
    corpus, words = folder / "corpus", folder / "words.txt"
    corpus.mkdir()
    for number, text in enumerate(parser.seeds):
        (corpus / str(number)).write_text(text, encoding="utf-8")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in NASTY if len(word) < 60), encoding="utf-8")

    def feed(content: bytes) -> None:
        tally[told(parser, content.decode("utf-8", "surrogateescape" if content[:1] == b"\0" else "replace"))] += 1
        if tally.total() % 100 == 0 or tally.total() >= count:
            file.write_text(json.dumps(dict(sorted(tally.items()))), encoding="utf-8")
        if tally.total() >= count:
            os._exit(0)

    flags = [
        f"-seed={seed}",
        f"-runs={count}",
        f"-max_len={LONGEST}",
        "-timeout=300",
        "-rss_limit_mb=0",
        f"-dict={words}",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], feed)
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()


def _book() -> Path:
    folder = Path(tempfile.mkdtemp(dir=Path.cwd()))
    (folder / "book").mkdir()
    os.chdir(folder)
    return folder


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
