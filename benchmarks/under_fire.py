"""Builds and runs of a small book, stopped at random moments: what is left must be whole, and nothing may run on.

Each shot stops the press, a process it has started (of a chapter, of the pictures, of Sphinx) or a kernel, by SIGINT,
SIGTERM or SIGKILL, at a moment drawn evenly over the time that the same command takes undisturbed. After each, the site
is the one of before to the byte, and a second later every process of the command has ended. After every fifth a build
must give the same bytes again: in turn all anew, and from what the stopped commands have left in the cache.

The command is copied from a process that has loaded what it imports, so that the moments fall on its work and not on
its imports; each twentieth starts cold. A shot hangs on its number alone: a tally that was begun is gone on with.

    python benchmarks/under_fire.py --shots 500        writes benchmarks/results/under_fire.json

What is found and mended is moved from `wrong` to `mended` by hand, and those shots are fired again (`--only 104`).
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import runpy
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "faults"))

from small_book import SmallBook, make

from shortcase.publish.run import workers
from shortcase.publish.site import render

RESULT = Path(__file__).parent / "results" / "under_fire.json"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
TARGETS = ("press", "worker", "kernel")
COMMANDS = {
    "build": ("build", "--fresh"),
    "run": ("run", "die_yield", "--fresh"),
    "build in kernels": ("build", "--fresh", "--engine", "kernel", "--jobs", "2"),
    "run in a kernel": ("run", "cost", "--fresh", "--engine", "kernel"),
}
OFTEN = (8, 9, 1, 2)
"""How often each is drawn: a kernel takes many times the processor of what it runs."""
COLD_EVERY, WHOLE_EVERY = 20, 5
END_S = 1.0
"""How soon after the command has ended all that it has started must have ended, too."""
STARTS_S = 0.2
"""Within which the copied process has not come to the command yet."""
PATIENCE_S = 180.0
PR_SET_CHILD_SUBREAPER = 36
"""Of prctl(2): who loses its parent becomes a child of this process, where it is found."""


@dataclass(frozen=True)
class Shot:
    """What is stopped, how and when."""

    number: int
    command: str
    target: str
    how: signal.Signals
    moment: float

    def __str__(self) -> str:
        what = f"{self.how.name} to the {self.target} of {self.command!r}"
        return f"shot {self.number}: {what} after {self.moment:.2f} s"


def main() -> None:
    """Shoot, look, and write the tally down after each shot."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shots", type=int, default=500)
    options.add_argument("--minutes", type=float, default=1e9, help="stop after so many, with what there is by then")
    options.add_argument("--only", type=int, nargs="*", help="fire these shots, look, and write nothing down")
    options.add_argument("--again", action="store_true", help="begin a new tally")
    asked, ends = options.parse_args(), time.monotonic()
    ends += 60 * asked.minutes
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    record = {} if asked.again or not RESULT.is_file() else json.loads(RESULT.read_text(encoding="utf-8"))
    tally, found = Counter[str](record.get("tally", {})), list(record.get("wrong", []))
    workers.load((*workers.STACK, *render.LOADED, "shortcase.publish.build", "shortcase.publish.check.book"))
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder) / "book")
        takes = {name: duration(book, words) for name, words in COMMANDS.items()}
        good, number = book.site(), int(record.get("drawn", 0))
        for again in asked.only or ():
            print(drawn(again, takes), *fire(book, drawn(again, takes)), flush=True)
        if asked.only:
            return
        while tally["shots"] < asked.shots and time.monotonic() < ends:
            shot = drawn(number, takes)
            outcome, wrong = fire(book, shot)
            if book.site() != good:
                wrong.append("the site is another")
            if number % WHOLE_EVERY == WHOLE_EVERY - 1:
                wrong += whole(book, good, fresh=number // WHOLE_EVERY % 2 == 0)
                tally["builds after it, the same to the byte"] += not wrong
            number += 1
            tally[outcome] += 1
            if outcome != "over before it":
                tally.update(["shots", f"{shot.how.name} to the {shot.target}", shot.command])
            found += [f"{shot}: {what}" for what in wrong]
            print(shot, "-", outcome, *wrong, flush=True)
            told = {"drawn": number, "seconds_undisturbed": takes, "tally": dict(sorted(tally.items())), "wrong": found}
            write(told | {"mended": record.get("mended", [])})


def drawn(number: int, takes: dict[str, float]) -> Shot:
    """The shot of a number."""
    draw = random.Random(number)  # noqa: S311 - moments, no secrets
    (name,) = draw.choices(list(COMMANDS), OFTEN)
    target = draw.choice(TARGETS if "kernel" in name else TARGETS[:2])
    return Shot(number, name, target, draw.choice(SIGNALS), draw.uniform(0.0, takes[name]))


def duration(book: SmallBook, words: tuple[str, ...]) -> float:
    """How long a command takes undisturbed, the second time."""
    for _ in range(2):
        started = time.monotonic()
        with pressed(book, words) as press:
            code = press.ended()
        if code:
            raise SystemExit(press.told())
    return round(time.monotonic() - started, 1)


def fire(book: SmallBook, shot: Shot) -> tuple[str, list[str]]:
    """One shot: how the command ended, and what was wrong with that."""
    cold = shot.number % COLD_EVERY == 0
    with pressed(book, COMMANDS[shot.command], cold=cold) as press:
        time.sleep(shot.moment)
        while (hit := press.aim(shot.target)) is None and press.running():
            time.sleep(0.01)  # the process that is to be hit has not been started yet
        if hit is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(hit, shot.how)
        code, deadline = press.ended(), time.monotonic() + END_S
        while press.members() and time.monotonic() < deadline:
            time.sleep(0.02)
        wrong = [f"runs on: {words}" for words in press.members().values()]
        told = press.told()
    if "Traceback" in told and shot.moment > (1.0 if cold else STARTS_S):  # before that Python itself is starting
        wrong.append(f"a traceback: {told[-1500:]}")
    told_to_end = shot.target == "press" and hit is not None and shot.how is not signal.SIGKILL
    if told_to_end and shot.moment > STARTS_S and code not in (0, 130, -shot.how):
        wrong.append(f"exit code {code}: {told[-500:]}")
    if hit is None or (shot.target == "press" and code == 0):
        return "over before it", wrong
    return {0: "finished", 1: "failed, told", 130: "interrupted"}.get(code, "killed"), wrong


def whole(book: SmallBook, good: dict[str, bytes], *, fresh: bool) -> list[str]:
    """What is wrong with the next build: it must be the first one over again, and leave nothing half-done."""
    (book.root / "_build/results/manifest.json").unlink(missing_ok=True)  # or it would say that nothing has changed
    with pressed(book, ("build", *(["--fresh"] if fresh else []))) as press:
        code = press.ended()
    wrong = [f"the next build failed: {press.told()[-500:]}"] if code else []
    if book.site() != good:
        wrong.append("the next build is another")
    left = [name for name in book.snapshot() if name.startswith(("work/", ".html")) or ".site" in name]
    return wrong + [f"left behind: {name}" for name in left]


@dataclass
class Press:
    """A running command: the process, and where its words go."""

    pid: int
    words: Path
    code: int | None = None

    def running(self) -> bool:
        """Whether it has not ended yet."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is None

    def ended(self) -> int:
        """Wait for the end: the exit code, negative for a signal."""
        deadline = time.monotonic() + PATIENCE_S
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.01)
        return PATIENCE_S if self.code is None else self.code

    def told(self) -> str:
        """What it has said."""
        return self.words.read_text(encoding="utf-8", errors="replace")

    def members(self) -> dict[int, str]:
        """All that descends from this process and lives, orphans among them: number and command line."""
        parents, lives = dict[int, int](), dict[int, str]()
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                state, parent = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
                parents[int(entry.name)] = int(parent)
                if state not in "ZX":
                    lives[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        family, more = {os.getpid()}, True
        while more:
            found = {pid for pid, parent in parents.items() if parent in family} - family
            family, more = family | found, bool(found)
        return {pid: lives[pid] for pid in family if pid in lives and pid != os.getpid()}

    def aim(self, target: str) -> int | None:
        """The process to hit, the youngest of those that are there."""
        if target == "press":
            return self.pid if self.running() else None
        there = {pid: "shortcase.publish.run.kernel" in words for pid, words in self.members().items()}
        return max(
            (pid for pid, kernel in there.items() if pid != self.pid and kernel == (target == "kernel")), default=None
        )


@contextlib.contextmanager
def pressed(book: SmallBook, words: tuple[str, ...], *, cold: bool = False) -> Iterator[Press]:
    """Start a command in a copy of this process, or in a new one; whatever of it is left at the end is killed."""
    told = book.root.parent / "told.txt"
    pid = os.fork()
    if not pid:
        _become(book, words, told, cold=cold)
    press = Press(pid, told)
    try:
        yield press
    finally:
        for member in press.members():
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, 0)[0]:
                pass


def _become(book: SmallBook, words: tuple[str, ...], told: Path, *, cold: bool) -> None:
    """Be the command, as `python -m shortcase.cli` is; does not return, even where a shot comes before it begins."""
    code, begun = 1, False
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
        os.setsid()
        out = os.open(told, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.chdir(book.root)
        if cold:
            os.execve(sys.executable, [sys.executable, "-m", "shortcase.cli", *words], book.environment())  # noqa: S606
        begun = True
        sys.argv = ["shortcase", *words]
        sys.modules.pop("shortcase.cli", None)
        runpy.run_module("shortcase.cli", run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 2
    except BaseException:  # noqa: BLE001 - Python itself would print it
        if begun:
            traceback.print_exc()
        else:
            code = 130
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def write(record: dict[str, object]) -> None:
    """Keep the tally."""
    RESULT.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
