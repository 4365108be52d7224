"""Files that are not as they should be: opened by a chapter, kept, full of an editor's, too large for the disk."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from small_book import Ask, SmallBook

from shortcase.publish.site import assets

LAST = "pd.DataFrame({"
READS = 'print(pd.read_csv("mine.csv").columns[0], open("OUTSIDE").read())\n'
ENGINES = ("fork", "kernel")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_chapter_depends_on_each_file_that_it_opens(book: SmallBook, tmp_path: Path, engine: str) -> None:
    outside, mine = tmp_path / "outside.txt", book.root / "book/mine.csv"
    book.edit("book/cost.md", LAST, READS.replace("OUTSIDE", str(outside)) + LAST)
    outside.write_text("there", encoding="utf-8")
    mine.write_text("first\n1\n", encoding="utf-8")

    def run() -> tuple[bool, str]:
        ran = book.shortcase("run", "cost", "--engine", engine)
        assert ran.code == 0, ran.err
        return "cost: executed" in ran.err, (book.root / "_build/notebooks/cost.ipynb").read_text(encoding="utf-8")

    assert run()[0]
    assert not run()[0]
    mine.write_text("second\n1\n", encoding="utf-8")
    executed, notebook = run()
    assert (executed, "second there" in notebook) == (True, True)
    outside.write_text("elsewhere", encoding="utf-8")
    executed, notebook = run()
    assert (executed, "second elsewhere" in notebook) == (True, True)


def test_a_build_looks_at_the_files_that_its_chapters_opened(book: SmallBook, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("there", encoding="utf-8")
    (book.root / "book/mine.csv").write_text("first\n1\n", encoding="utf-8")
    book.edit("book/cost.md", LAST, READS.replace("OUTSIDE", str(outside)) + LAST)
    assert book.shortcase("build").code == 0
    assert "Nothing has changed" in book.shortcase("build").out
    outside.write_text("elsewhere", encoding="utf-8")
    assert book.shortcase("build").code == 0
    page = (book.root / "_build/html/book/cost.html").read_text(encoding="utf-8")
    assert "first elsewhere" in page


def test_what_an_editor_keeps_is_nobody_s_page(book: SmallBook, ask: Ask) -> None:
    for name in ("book/.#cost.md", "book/.#parameters.yml", "book/scenarios/.#bear.yml"):
        (book.root / name).symlink_to("somebody@somewhere.1234:5678")
    for name in ("book/#cost.md#", "book/cost.md~", "book/scenarios/essay.yml~", "book/scenarios/.bull.yml.swp"):
        (book.root / name).write_text("half a page", encoding="utf-8")
    ran = ask(book, "check")
    assert (ran.code, ran.err) == (0, "")


def test_a_byte_order_mark_changes_nothing(book: SmallBook, ask: Ask) -> None:
    for name in ("book/claims.csv", "book/cost.md", "book/index.md", "book/parameters.yml", "_toc.yml"):
        path = book.root / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    ran = ask(book, "check")
    assert (ran.code, ran.err) == (0, "")


def test_the_version_is_told() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "shortcase.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("shortcase 0.")


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "a folder"])
def test_a_kept_script_that_is_damaged_is_written_again(tmp_path: Path, damage: str) -> None:
    path = assets.write(tmp_path) / assets.VEGA
    good = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        path.write_bytes({"cut": good[: len(good) // 2], "empty": b"", "other": b"x" + good[1:]}[damage])
    assert (assets.write(tmp_path) / assets.VEGA).read_bytes() == good


def limited(book: SmallBook, kilo_bytes: int, *arguments: str) -> tuple[int, str]:
    """A command that may write no file larger than so much: to it, a disk that is full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilo_bytes << 10, kilo_bytes << 10))

    done = subprocess.run(
        [sys.executable, "-m", "shortcase.cli", *arguments], cwd=book.root, capture_output=True, text=True, check=False,
        env=book.environment(), preexec_fn=limit,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("kilo_bytes", [0, 1, 8, 40])
def test_a_full_disk_is_told_and_the_last_good_site_stands(built: SmallBook, kilo_bytes: int) -> None:
    before = built.snapshot("_build/html")
    built.edit("book/cost.md", LAST, f'print("new")\n{LAST}')
    code, told = limited(built, kilo_bytes, "build")
    assert code == 1
    assert "Traceback" not in told
    assert "the disk is full or a limit is reached" in told
    assert "the last good site stands" in told
    assert built.snapshot("_build/html") == before
    assert built.shortcase("build").code == 0


FULL_FROM_THE_PAGES_ON = """\
import errno, os, sys
def full(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
        if arguments[2] & (os.O_WRONLY | os.O_RDWR) and (".doctree" in arguments[0] or "sphinx-err" in arguments[0]):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])
sys.addaudithook(full)
"""


def test_a_disk_that_is_full_for_sphinx_s_own_report_as_well(
    built: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """benchmarks/full_disk.py fills it at every write of a build."""
    before = built.snapshot("_build/html")
    (tmp_path / "sitecustomize.py").write_text(FULL_FROM_THE_PAGES_ON, encoding="utf-8")
    with monkeypatch.context() as full:
        full.setenv("PYTHONPATH", str(tmp_path))
        ran = built.shortcase_afresh("build", "--fresh")
    assert (ran.code, "Traceback" in ran.err) == (1, False), ran.err
    assert "the disk is full or a limit is reached" in ran.err
    assert built.snapshot("_build/html") == before


FULL_AFTER_THE_SWAP = """\
import errno, os, sys
def full(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
        placed = any(name in arguments[0] for name in ("_build/html/", "_build/results/"))
        if placed and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])
sys.addaudithook(full)
"""


def test_a_site_is_whole_before_it_is_put_in_place(
    built: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(built.snapshot("_build/html"))
    (tmp_path / "sitecustomize.py").write_text(FULL_AFTER_THE_SWAP, encoding="utf-8")
    with monkeypatch.context() as full:
        full.setenv("PYTHONPATH", str(tmp_path))
        ran = built.shortcase_afresh("build", "--fresh")
    assert (ran.code, "Traceback" in ran.err) == (1, False), ran.err
    assert set(built.snapshot("_build/html")) == before
    assert built.shortcase("build").code == 0


@pytest.mark.parametrize(
    "name", ["results/numbers.json", "notebooks/cost.ipynb", "cache", "notebooks", "html/index.html"]
)
def test_a_folder_for_a_file_and_the_reverse(built: SmallBook, name: str) -> None:
    path = built.root / "_build" / name
    if path.is_dir():
        subprocess.run(["rm", "-r", str(path)], check=True)
        path.write_text("a file", encoding="utf-8")
    else:
        path.unlink()
        path.mkdir()
        (path / "inside").touch()
    built.edit("book/cost.md", LAST, f'print("new")\n{LAST}')
    ran = built.shortcase("build")
    assert "Traceback" not in ran.err
    assert ran.code == 0 or ("A folder is where a file belongs" in ran.err and path.name in ran.err)


def test_papermill_alone_is_held_to_the_bounds(book: SmallBook) -> None:
    programs = Path(sys.executable).parent
    made = ["jupytext", "--to", "ipynb", "book/cost.md", "-o", "x.ipynb"]
    ran = ["papermill", "x.ipynb", "out.ipynb", "-p", "discount_rate", "-0.5", "--no-progress-bar"]
    environment = {**book.environment(), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    for command in (made, ran):
        done = subprocess.run(
            [str(programs / command[0]), *command[1:]], cwd=book.root, capture_output=True, text=True, check=False,
            env=environment,
        )  # fmt: skip
    assert done.returncode != 0
    assert "discount_rate is -0.5, outside its bounds" in done.stderr
    cells = json.loads((book.root / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    assert not any("cost_of_capital =" in json.dumps(cell.get("outputs", [])) for cell in cells)


def test_a_chapter_uses_no_parameter_before_it_is_held_to_its_bounds(book: SmallBook, ask: Ask) -> None:
    book.edit("book/cost.md", 'parameter_table("discount_rate")\n', "")
    ran = ask(book, "check")
    assert ran.code == 2
    assert "The parameters are used before they are held to their bounds" in ran.err
