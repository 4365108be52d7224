"""A chapter or a rendering that fails is told with its place and cause, and leaves the last good book as it was."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time

import pytest
from small_book import SmallBook

from shortcase.publish.files import ROOMS

LAST = "pd.DataFrame({"


def site_and_results(book: SmallBook) -> dict[str, bytes]:
    return {**book.snapshot("_build/html"), **book.snapshot("_build/results")}


def leftovers(book: SmallBook) -> list[str]:
    """Half-written things: what the press makes under another name before it is whole."""
    return [n for n in book.snapshot() if ".source." in n or ".target." in n or "/.site" in n or n.startswith(".html")]


def test_a_failing_chapter(built: SmallBook) -> None:
    before = site_and_results(built)
    built.edit("book/cost.md", LAST, "wrong = 1 / 0\npd.DataFrame({")
    built.edit("book/die_yield.md", "the second cell has run", "the second cell ran")
    ran = built.shortcase("build")
    line = built.line("book/cost.md", "1 / 0")
    assert ran.code == 1
    assert f"book/cost.md:{line}: cost failed in cell 5: ZeroDivisionError: division by zero" in ran.err
    assert "Traceback" not in ran.err
    assert site_and_results(built) == before
    assert not leftovers(built)
    kept = json.loads((built.root / "_build/failed/cost.ipynb").read_text(encoding="utf-8"))
    assert any(o["output_type"] == "error" for cell in kept["cells"] for o in cell.get("outputs", []))
    assert "die_yield: executed" in ran.err

    built.edit("book/cost.md", "wrong = 1 / 0\n", "")
    mended = built.shortcase("run", "die_yield")
    assert "die_yield: kept" in mended.err
    assert built.shortcase("run", "cost").code == 0
    assert not (built.root / "_build/failed/cost.ipynb").exists()


ENDINGS = {
    "computes without end": ("while True:\n    pass", "ran past its time"),
    "computes on after every error": (
        "while True:\n    try:\n        while True: pass\n    except Exception: pass", "ran past its time",
    ),
    "a child computes without end": (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'], timeout=60)",
        "ran past its time",
    ),
    "waits without end": ("import time; time.sleep(60)", "ran past its time"),
    "exit": ("import sys; sys.exit(3)", "SystemExit"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
    "ended": ("import os; os._exit(3)", "exit code 3"),
    "warns": ("import warnings; warnings.warn('careful')", "careful"),
    "prints to stderr": ("import sys; print('oops', file=sys.stderr)", "oops"),
    "a row by a computed name": (
        'from shortcase.facts import later; later("accelerators").row("h100" + "_sx")', "has no row 'h100_sx'",
    ),
    "a computed unit": ('from shortcase.show import fmt; fmt(1.0, "fur" + "longs")', "no unit 'furlongs'"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "told"), ENDINGS.values(), ids=ENDINGS)
def test_however_a_chapter_ends(book: SmallBook, code: str, told: str) -> None:
    book.edit("book/cost.md", LAST, f"{code}\npd.DataFrame({{")
    ran = book.shortcase("run", "cost", "--timeout", "1")
    assert ran.code == 1
    assert told in ran.err
    assert "book/cost.md" in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("To put it right") <= 1
    assert not leftovers(book)


@pytest.mark.parametrize(
    ("code", "told", "seconds"),
    [
        ("while True: pass", "ran past its time", "5"),
        ("1 / 0", "ZeroDivisionError", "60"),
        ("import os; os._exit(3)", "DeadKernel", "60"),
    ],
)
def test_the_kernel_engine_tells_the_same_place(book: SmallBook, code: str, told: str, seconds: str) -> None:
    book.edit("book/cost.md", LAST, f"{code}\npd.DataFrame({{")
    ran = book.shortcase("run", "cost", "--timeout", seconds, "--engine", "kernel")
    assert ran.code == 1
    assert "cost failed in cell 5" in ran.err
    assert told.lower() in ran.err.lower()
    assert (book.root / "_build/failed/cost.ipynb").is_file()


def test_a_number_that_is_named_but_never_recorded(book: SmallBook) -> None:
    book.edit(
        "book/cost.md",
        'rate = number("cost_of_capital"',
        'rate = 0.1\nif rate > 1:\n    rate = number("cost_of_capital"',
    )
    ran = book.shortcase("run", "cost")
    assert ran.code == 1
    assert "cost never recorded the number 'cost_of_capital'" in ran.err


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "no text"])
def test_a_damaged_cache_is_never_used(built: SmallBook, damage: str) -> None:
    (entry,) = (built.root / "_build/cache").glob("cost.*.kept")
    whole = entry.read_bytes()
    broken = {
        "cut": whole[: len(whole) // 2],
        "changed": whole.replace(b"0.31547", b"0.41547"),
        "empty": b"",
        "no text": b"\xff\xfe",
    }
    assert broken[damage] != whole
    entry.write_bytes(broken[damage])
    ran = built.shortcase("run", "cost", "--json")
    assert "cost: executed" in ran.err
    assert json.loads(ran.out)["numbers"] == []
    (kept,) = (built.root / "_build/cache").glob("cost.*.kept")
    assert kept != entry  # which a run alone does not make again: it follows no figures
    before, after = (pickle.loads(one.split(b"\n", 1)[1]) for one in (whole, kept.read_bytes()))  # noqa: S301 - its own
    assert after["cells"] == before["cells"]


def test_an_interrupt_leaves_nothing_half_written(built: SmallBook) -> None:
    before = site_and_results(built)
    built.edit("book/cost.md", LAST, "import time; time.sleep(60)\npd.DataFrame({")
    process = subprocess.Popen(
        [sys.executable, "-m", "shortcase.cli", "build"], cwd=built.root, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=built.environment(),
    )  # fmt: skip
    assert process.stderr is not None
    assert "die_yield: kept" in process.stderr.readline()
    begun, deadline = built.root / "_build/work" / ROOMS, time.monotonic() + 30
    while not list(begun.glob("*/source.ipynb")):
        assert time.monotonic() < deadline, "no chapter has begun"
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted" in told
    assert "Traceback" not in told
    assert site_and_results(built) == before
    assert not leftovers(built)


def test_every_warning_of_the_rendering_stops_it_with_its_place(built: SmallBook) -> None:
    before = site_and_results(built)
    built.edit("book/index.md", "The yield is", "The [yield](nowhere.md) is")
    built.edit("book/cost.md", "Capital over", "Capital [here](nowhere.md) over {capital}`x`")
    ran = built.shortcase("build")
    assert ran.code == 1
    line = built.line("book/cost.md", "nowhere.md")
    assert f"book/index.md:{built.line('book/index.md', 'nowhere.md')}: " in ran.err
    assert f"book/cost.md:{line}: " in ran.err
    assert "capital" in ran.err
    assert str(built.root) not in ran.err
    assert site_and_results(built) == before
    assert not leftovers(built)


def test_a_missing_configuration_is_told(built: SmallBook) -> None:
    before = site_and_results(built)
    (built.root / "_toc.yml").unlink()
    ran = built.shortcase("build")
    assert (ran.code, "_toc.yml: The file is not there" in ran.err) == (2, True)
    assert site_and_results(built) == before
