"""Sweeps over a small book's notebooks: on a real scheduler, killed at random places, at points that fail."""

from __future__ import annotations

import functools
import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_book import SmallBook

from shortcase import results
from shortcase.errors import BadRequest
from shortcase.sweep.identity import package
from shortcase.sweep.pack import Pack

DIE_CM2 = 8.14
"""The die of the chip whose yield the chapter computes."""
DASK = Path(sys.executable).with_name("dask")
PATIENCE_S = 120.0
SEED = 12


def poisson(defects: float) -> float:
    """The yield of the chapter, by hand."""
    return math.exp(-DIE_CM2 * defects)


@contextmanager
def running(*command: str, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a session of its own, which is ended with all that it has started."""
    process = subprocess.Popen(
        command, cwd=cwd, env=SmallBook.environment(), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition: Any, what: str) -> None:
    """Wait until something is so."""
    for _ in range(round(PATIENCE_S * 20)):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail(f"{what}: not after {PATIENCE_S:g} s")


def address_of(told: Path) -> str:
    """Where a scheduler listens, as its file says: it is made before it is filled, and empty here until then."""
    text = told.read_text(encoding="utf-8") if told.exists() else ""
    return json.loads(text)["address"] if text.rstrip().endswith("}") else ""


def parts(book: SmallBook, out: str) -> dict[str, tuple[int, int]]:
    """The finished points of a sweep, each with what tells whether it was written again."""
    folder = book.root / f"{out}.run" / "parts"
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.glob("[0-9]*.json")}


def _done_or_ended(book: SmallBook, out: str, wanted: int, process: subprocess.Popen[bytes]) -> bool:
    return len(parts(book, out)) >= wanted or process.poll() is not None


def test_workers_of_a_real_scheduler_need_nothing_but_the_package(book: SmallBook, tmp_path: Path) -> None:
    told = tmp_path / "scheduler.json"
    away = tmp_path / "elsewhere"
    away.mkdir()
    worker = (str(DASK), "worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-dashboard", "--host",
              "127.0.0.1", "--local-directory", str(away))  # fmt: skip
    scheduler = (str(DASK), "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                 "--scheduler-file", str(told))  # fmt: skip
    with running(*scheduler, cwd=away):
        until(functools.partial(address_of, told), "the scheduler says where it is")
        address = address_of(told)
        with running(*worker, cwd=away), running(*worker, cwd=away):
            ran = book.shortcase(
                "sweep", "--chapter", "die_yield", "--over", "defects=0.02:0.16:8", "--notebook",
                "--scheduler", address, "--out", "yield.parquet", "--json",
            )  # fmt: skip
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["failed"] == 0
    frame = results.read(book.root / "yield.parquet").frame
    assert frame["die_yield"].tolist() == pytest.approx([poisson(d) for d in frame["defects"]], rel=1e-12)
    assert frame["yield-half"].tolist() == ["holds" if y >= 0.5 else "fails" for y in frame["die_yield"]]
    assert "8 of 8 points done, 0 failed" in ran.err


def test_a_sweep_killed_at_random_places_does_what_is_missing_and_nothing_twice(book: SmallBook) -> None:
    rng = np.random.default_rng(SEED)
    out, count = "yield.csv", 16
    command = ("sweep", "--chapter", "die_yield", "--over", f"defects=0.02:0.25:{count}", "--notebook", "--out", out,
               "--json", "--jobs")  # fmt: skip
    before: dict[str, tuple[int, int]] = {}
    for jobs in ("2", "1"):
        wanted = len(before) + int(rng.integers(1, 7))
        with running(sys.executable, "-m", "shortcase.cli", *command, jobs, cwd=book.root) as process:
            enough = functools.partial(_done_or_ended, book, out, wanted, process)
            until(enough, f"{wanted} points are done")
            time.sleep(rng.random() * 0.3)
        now = parts(book, out)
        assert before.items() <= now.items(), "a finished point was written again"
        assert not (book.root / out).exists()
        before = now
    ran = book.shortcase(*command, "1")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["computed"], told["failed"]) == (count - len(before), 0)
    assert before.items() <= parts(book, out).items(), "a finished point was written again"
    frame = results.read(book.root / out).frame
    assert frame["point"].tolist() == list(range(count))
    assert frame["die_yield"].tolist() == pytest.approx([poisson(d) for d in frame["defects"]], rel=1e-12)


def test_a_point_that_fails_or_whose_process_dies_is_a_row_and_stops_nothing(book: SmallBook) -> None:
    book.edit(
        "book/die_yield.md",
        'parameter_table("defects")\n',
        'parameter_table("defects")\nassert defects < 0.5, "more than a wafer bears"\n'
        "import os, signal\nassert defects != 0.25 or os.kill(os.getpid(), signal.SIGKILL)\n",
    )
    ran = book.shortcase("sweep", "--chapter", "die_yield", "--over", "defects=0.1,0.25,0.7,0.2", "--notebook",
                         "--jobs", "1", "--out", "a.csv")  # fmt: skip
    assert ran.code == 0, ran.err
    assert "2 failed" in ran.out
    frame = results.read(book.root / "a.csv").frame
    assert frame["die_yield"].isna().tolist() == [False, True, True, False]
    line = book.line("book/die_yield.md", "assert defects < 0.5")
    assert frame["error"][2] == "AssertionError: more than a wafer bears"
    assert frame["error_at"][2] == f"book/die_yield.md:{line}"
    assert frame["error_cell"][2] == 5
    assert "killed by signal 9" in frame["error"][1]
    again = book.shortcase(*frame["error_command"][2].split()[1:])
    assert again.code == 1
    assert "more than a wafer bears" in again.err


def test_a_changed_parameter_or_chapter_is_refused_with_its_name(book: SmallBook) -> None:
    command = ("sweep", "--chapter", "die_yield", "--over", "defects=0.1,0.2", "--out", "a.csv")
    assert book.shortcase(*command).code == 0
    book.edit("book/parameters.yml", "high: 0.2", "high: 0.3")
    book.edit("book/die_yield.md", "# Yield", "# The yield")
    ran = book.shortcase(*command)
    assert ran.code == 2
    assert "book/die_yield.md has changed" in ran.err
    assert "the entry of defects in parameters.yml has changed" in ran.err


def test_a_worker_with_another_package_is_refused_and_the_file_named() -> None:
    other: Any = {**package(), "model/chips/wafer_yield.py": "other", "model/new.py": "new"}
    with pytest.raises(BadRequest) as refused:
        Pack(None, {}, other, frozenset()).refuse_another_package()  # type: ignore[arg-type]
    assert "model/chips/wafer_yield.py of the package has changed" in str(refused.value)
    assert "model/new.py of the package is new" in str(refused.value)


def test_no_scheduler_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from shortcase.sweep import kitchen

    monkeypatch.setattr(kitchen, "WAIT_S", 0.5)
    with pytest.raises(BadRequest, match="No worker can be reached"), kitchen.cluster("tcp://127.0.0.1:9", 1):
        pass
