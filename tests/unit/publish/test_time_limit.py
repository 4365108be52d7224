"""A chapter's time: the processor's, with that of what it has started; the clock only for one that waits."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from shortcase.publish.run.time_limit import ChapterTimeout, end_here, processor_s, time_limit

SPIN = [sys.executable, "-c", "import time\nwhile time.process_time() < 1: pass"]


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_a_child_has_used_counts_while_it_runs_and_after() -> None:
    before = processor_s()
    child = subprocess.Popen(SPIN)
    while (running := processor_s()) < before + 0.5:
        assert child.poll() is None
        time.sleep(0.01)
    child.wait()
    assert processor_s() >= max(running, before + 1)


def test_who_computes_is_stopped_by_the_processors_time() -> None:
    with pytest.raises(ChapterTimeout, match="ran past its time"), time_limit(0.2, end_here):
        spin(60)


def test_who_waits_within_the_clock_is_left_alone() -> None:
    alone(WAITS)


def test_who_waits_without_end_is_stopped_by_the_clock() -> None:
    with pytest.raises(ChapterTimeout), time_limit(0.2, end_here):
        time.sleep(60)


def test_nothing_is_raised_after_the_end() -> None:
    with time_limit(0.01, end_here):
        pass
    spin(0.1)


def test_whose_children_compute_may_end_them() -> None:
    assert alone(PARENT) == f"{-signal.SIGKILL}\n"


def alone(program: str) -> str:
    """What a program of its own prints: the test run has children as well, a browser among them, whose time counts."""
    tried = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    return tried.stdout


WAITS = """
import time
from shortcase.publish.run.time_limit import end_here, time_limit

with time_limit(0.2, end_here):
    time.sleep(0.4)
"""
PARENT = """
import subprocess, sys
from shortcase.publish.run.time_limit import end_children, time_limit

child = subprocess.Popen([sys.executable, "-c", "while True: pass"])
with time_limit(0.2, end_children):
    print(child.wait())
"""
