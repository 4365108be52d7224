"""Builds and runs of a small book, stopped at random moments: what is left must be whole, and nothing may run on.

Each shot stops the press, the process of a chapter or a kernel, by SIGINT, SIGTERM or SIGKILL, at a moment drawn evenly
over the time that the same command takes undisturbed. After each, the site is the one of before to the byte and every
process of the command has ended; after every fourth a whole build must give the same bytes again.

    python benchmarks/under_fire.py --shots 500        writes benchmarks/results/under_fire.json
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "faults"))

from families import Family, family
from small_book import SmallBook, make

RESULT = Path(__file__).parent / "results" / "under_fire.json"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
TARGETS = ("press", "worker", "kernel")
COMMANDS = {
    "build": ("build", "--fresh"),
    "run": ("run", "die_yield", "--fresh"),
    "build in kernels": ("build", "--fresh", "--engine", "kernel", "--jobs", "2"),
    "run in a kernel": ("run", "cost", "--fresh", "--engine", "kernel"),
}
WHOLE_EVERY = 4
END_S = 1.0
"""How soon after the command has ended all that it has started must have ended, too."""


def main() -> None:
    """Shoot, look, and write the tally down after each shot."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shots", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=1e9, help="stop after so many, with what there is by then")
    asked = options.parse_args()
    draw, ends = random.Random(asked.seed), time.monotonic() + 60 * asked.minutes  # noqa: S311 - moments, no secrets
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder) / "book")
        takes = {name: duration(book, words) for name, words in COMMANDS.items()}
        good, tally = book.site(), Counter[str]()
        found: list[str] = []
        for number in range(asked.shots):
            if time.monotonic() > ends:
                break
            name = draw.choice(list(COMMANDS))
            target = draw.choice(TARGETS if "kernel" in name else TARGETS[:2])
            how, moment = draw.choice(SIGNALS), draw.uniform(0.0, takes[name])
            shot = f"shot {number} of seed {asked.seed}: {how.name} to the {target} of {name!r} after {moment:.2f} s"
            outcome, wrong = fire(book, COMMANDS[name], target, how, moment)
            if book.site() != good:
                wrong.append("the site is another")
            if number % WHOLE_EVERY == WHOLE_EVERY - 1:
                wrong += whole(book, good)
                tally["whole builds after it, the same to the byte"] += not wrong
            tally |= {key: tally[key] + 1 for key in ("shots", f"{how.name} to the {target}", name, outcome)}
            found += [f"{shot}: {what}" for what in wrong]
            print(shot, "-", outcome, *wrong, flush=True)
            write(asked.seed, takes, tally, found)


def duration(book: SmallBook, words: tuple[str, ...]) -> float:
    """How long a command takes undisturbed."""
    started = time.monotonic()
    ran = book.shortcase(*words)
    if ran.code:
        raise SystemExit(ran.err)
    return time.monotonic() - started


def fire(
    book: SmallBook, words: tuple[str, ...], target: str, how: signal.Signals, moment: float
) -> tuple[str, list[str]]:
    """One shot: how the command ended, and what was wrong with that."""
    with family(book, *words) as press:
        time.sleep(moment)
        while (hit := aim(press, target)) is None and press.process.poll() is None:
            time.sleep(0.02)  # the process that is to be hit has not been started yet
        if hit is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(hit, how)
        code, told = press.ended()
        time.sleep(END_S)
        wrong = [f"runs on: {words}" for words in press.members().values()]
    if "Traceback" in told and moment > 1.0:  # before that Python itself is starting
        wrong.append(f"a traceback: {told[-500:]}")
    if hit is None:
        return "nothing to hit", wrong
    if target == "press" and how is not signal.SIGKILL and code not in (0, 130, -how):
        wrong.append(f"exit code {code}: {told[-500:]}")
    return {0: "finished", 1: "failed, told", 130: "interrupted"}.get(code, "killed"), wrong


def aim(press: Family, target: str) -> int | None:
    """The process to hit, of those that are there."""
    if target == "press":
        return press.process.pid
    kernels = press.kernels()
    there = kernels if target == "kernel" else [pid for pid in press.children() if pid not in kernels]
    return max(there, default=None)


def whole(book: SmallBook, good: dict[str, bytes]) -> list[str]:
    """What is wrong with the next build: it must be the first one over again, and leave nothing half-done."""
    ran = book.shortcase("build", "--fresh")
    wrong = [f"the next build failed: {ran.err[-500:]}"] if ran.code else []
    if book.site() != good:
        wrong.append("the next build is another")
    left = [name for name in book.snapshot() if name.startswith(("work/", ".html")) or ".site" in name]
    return wrong + [f"left behind: {name}" for name in left]


def write(seed: int, takes: dict[str, float], tally: Counter[str], found: list[str]) -> None:
    """Keep the tally."""
    record = {
        "seed": seed,
        "seconds_undisturbed": {name: round(value, 1) for name, value in takes.items()},
        "tally": dict(sorted(tally.items())),
        "wrong": found,
    }
    RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
