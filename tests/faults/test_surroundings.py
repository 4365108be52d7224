"""Where a book is built is not as its author has it: no home, no git, another locale, a wrong clock, little memory."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_book import SmallBook, make

from shortcase.publish.fingerprint import VARYING

LAST = "pd.DataFrame({"
DAY_S = 86_400


def command(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of the book with these environment variables and no others."""
    return subprocess.run(
        [sys.executable, "-m", "shortcase.cli", *words], cwd=root, capture_output=True, encoding="utf-8", check=False,
        env=environment, timeout=180,
    )  # fmt: skip


def pages(folder: Path) -> dict[str, bytes]:
    """The site in a folder, without the file that says when it was built."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    del found[VARYING.as_posix()]
    return found


def test_no_home_no_git_no_locale_and_a_folder_with_spaces(built: SmallBook, tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "a book, мой «файл» & 100 % of it")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    ran = command(
        elsewhere.root, "build", PATH=str(nothing), LC_ALL="C", LANG="C", HOME="/nonexistent", TZ="Asia/Tokyo"
    )
    assert (ran.returncode, ran.stderr.count("Traceback")) == (0, 0), ran.stderr
    assert pages(elsewhere.root / "_build/html") == built.site()
    ran = command(elsewhere.root, "run", "cost", "--fresh", PATH=str(nothing))
    assert ran.returncode == 0, ran.stderr


def test_what_is_said_where_no_letter_but_ascii_can_be(book: SmallBook) -> None:
    book.edit("book/parameters.yml", "label: Defects", "label: «Fehler» − ¼")
    for words in (["parameters"], ["run", "die_yield", "--set", "defects=0.2"], ["run", "die_yield", "--set", "ñ=1"]):
        ran = command(book.root, *words, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
        assert "Traceback" not in ran.stderr, ran.stderr
        assert "Error" not in ran.stderr
        assert ran.returncode == (2 if words[-1] == "ñ=1" else 0)
    ran = command(book.root, "parameters", "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "«Fehler» − ¼" in {one["label"] for one in json.loads(ran.stdout)}


@pytest.mark.parametrize("shift_s", [-400 * DAY_S, 400 * DAY_S])
def test_a_clock_that_was_set(built: SmallBook, shift_s: int) -> None:
    """What was written last year or will be next: contents decide what is built again, not the time of a file."""
    for path in [path for path in built.root.rglob("*") if path.is_file()]:
        os.utime(path, (time.time() + shift_s,) * 2)
    assert "Nothing has changed" in built.shortcase("build").out
    built.edit("book/index.md", "The yield is", "Its yield is")
    os.utime(built.root / "book/index.md", (time.time() + shift_s - DAY_S,) * 2)
    ran = built.shortcase("build")
    assert ran.code == 0, ran.err
    assert "cost: kept" in ran.err
    assert "Its yield is" in (built.root / "_build/html/book/index.html").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="has no user that may not write")
def test_sources_that_may_only_be_read(built: SmallBook) -> None:
    sources = [built.root / "book", *(built.root / "book").rglob("*"), built.root / "_toc.yml"]
    before = {path: path.stat().st_mtime_ns for path in sources}
    for path in sources:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = built.shortcase("build", "--fresh")
    finally:
        for path in sources:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert ran.code == 0, ran.err
    assert {path: path.stat().st_mtime_ns for path in sources} == before  # whoever may write has not
    assert set((built.root / "book").rglob("*")) | {built.root / "book", built.root / "_toc.yml"} == set(sources)


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory elsewhere")
@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_memory_that_runs_out_is_told(built: SmallBook, engine: str) -> None:
    before = built.site()
    most = resource.RLIM_INFINITY
    cell = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({6 << 30}, {most})); bytes({8 << 30})\n"
    built.edit("book/cost.md", LAST, cell + LAST)
    ran = built.shortcase_afresh("build", "--engine", engine)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert (
        f"book/cost.md:{built.line('book/cost.md', 'resource.setrlimit')}: cost failed in cell 5: MemoryError"
        in ran.err
    )
    assert built.site() == before


@pytest.mark.parametrize("damage", ["cut", "empty", "another's"])
def test_each_kept_file_that_is_damaged_is_made_again(built: SmallBook, damage: str) -> None:
    """All of them at once: each is held against what it says of itself."""
    good, base = built.site(), built.root / "_build"
    kept = [
        path
        for name in ("cache", "pictures", "notebooks", "results", "scripts")
        for path in (base / name).rglob("*")
        if path.is_file()
    ]
    assert len(kept) > 5
    texts = [path.read_bytes() for path in kept]
    for path, text, other in zip(kept, texts, texts[1:] + texts[:1], strict=True):
        path.write_bytes({"cut": text[: len(text) // 2], "empty": b"", "another's": other}[damage])
    ran = built.shortcase("build")
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert built.site() == good
    assert {path for path in kept if path.parent.name != "cache"} <= set(base.rglob("*"))
    shutil.rmtree(base / "cache")
