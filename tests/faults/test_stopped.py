"""However a build is stopped, nothing of it runs on, the site stays whole, and the next build is as good as any."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import active_children, util
from pathlib import Path
from types import SimpleNamespace

import pytest
from families import Family, family, until
from small_book import SmallBook

from shortcase.publish import files
from shortcase.publish.request import Layout
from shortcase.publish.run import ahead, processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
LAST = "pd.DataFrame({"
SLOW = "import time; from pathlib import Path; Path('at_it').touch(); time.sleep(600)\n"
ENGINES = ("fork", "kernel")
BUILDS = int(os.environ.get("SHORTCASE_KERNEL_BUILDS", "1"))
"""How often two kernels at once build the book: the weekly job does it twenty times in a row."""


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the builds of a test keep their rooms: other tests, and other builds on the machine, have rooms as well.

    A short path, since sockets lie in it. Those of the tests themselves and of their fork server are made before: they
    outlive a test.
    """
    tmp_path_factory.getbasetemp()
    util.get_temp_dir()
    with tempfile.TemporaryDirectory(prefix="stop-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield
        monkeypatch.undo()


def at_work(book: SmallBook) -> bool:
    return (book.root / "book/at_it").exists()


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or waits only to be asked how it ended; it may go while it is looked at."""
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text("ascii").split()[2]
    except (FileNotFoundError, ProcessLookupError):
        return True


def rooms() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{files.ROOM}*"))


def end_in_good_order(press: Family, number: signal.Signals, elsewhere: set[Path]) -> None:
    """Stop a command at work: nothing of it goes on, and what could be told and cleared away is; of a kill neither."""
    assert press.children()
    press.send(number)
    code, told = press.ended()
    assert press.gone()
    assert "Traceback" not in told
    if number is not signal.SIGKILL:
        assert (code, "Interrupted" in told) == (130, True)
        assert rooms() <= elsewhere


@pytest.mark.parametrize(
    ("number", "engine"),
    [
        *((number, "fork") for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)),
        *((number, "kernel") for number in (signal.SIGINT, signal.SIGKILL)),  # the command hears all but a kill alike
    ],
)
def test_nothing_runs_on_after_a_stop(built: SmallBook, number: signal.Signals, engine: str) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("under nohup a hang-up is to end nothing")
    before, same, elsewhere = built.snapshot("_build/html"), built.site(), rooms()
    built.edit("book/cost.md", LAST, SLOW + LAST)
    with family(built, "build", "--engine", engine) as press:
        assert until(lambda: at_work(built))
        end_in_good_order(press, number, elsewhere)
    if number is not signal.SIGKILL:
        assert not (built.root / "_build/work").exists()
    assert built.snapshot("_build/html") == before
    built.edit("book/cost.md", SLOW, "")
    (built.root / "book/at_it").unlink()
    assert built.shortcase("build").code == 0  # both engines leave the same, and the quick one is enough here
    assert built.site() == same
    assert not (built.root / "_build/work").exists()
    assert rooms() <= elsewhere


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_of_a_chapter_that_runs_alone_goes_on_after_a_stop(book: SmallBook, number: signal.Signals) -> None:
    """Its process is the child of one that was started ahead, and has to end with either."""
    book.edit("book/cost.md", LAST, SLOW + LAST)
    elsewhere = rooms()
    with family(book, "run", "cost") as press:
        assert until(lambda: at_work(book))
        end_in_good_order(press, number, elsewhere)


def test_an_interrupt_that_is_swallowed_is_asked_for_again() -> None:
    code = """if True:
        import sys, time
        from shortcase import cli
        class Swallows:
            def __del__(self):
                raise KeyboardInterrupt
        def command(options):
            Swallows()
            for _ in range(2000):
                time.sleep(0.01)
        cli.COMMANDS["parameters"] = command
        sys.argv = ["shortcase", "parameters"]
        cli.command()"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30)
    assert (ran.returncode, ran.stderr) == (130, "Interrupted. The last good book is as it was.\n")


def test_what_a_process_that_was_started_ahead_leaves_undone_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(ahead, "_execute", lambda jobs, *_: done.extend(job.chapter for job in jobs))
    jobs = [SimpleNamespace(chapter="cost"), SimpleNamespace(chapter="price")]
    with ahead.Ahead(forking=True) as press:
        for child in active_children():
            if child.name == "ahead":
                child.kill()
                child.join()
        press.execute(jobs, 1, print)  # type: ignore[arg-type]
    assert done == ["cost", "price"]


def test_a_child_that_starts_from_nothing_ends_with_its_parent_while_it_still_starts(tmp_path: Path) -> None:
    """By what the environment says, before it has loaded anything, or been told what to do."""
    child = "import time; from shortcase.publish.run import processes; print('up', flush=True); time.sleep(600)"
    parent = (
        "import subprocess, sys, time; from shortcase.publish.run import processes\n"
        f"with processes.held(): child = subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline(); print(child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as press:
        assert press.stdout is not None
        pid = int(press.stdout.readline())
        press.kill()
    assert until(lambda: has_ended(pid))


def test_what_is_started_later_has_its_own_parent() -> None:
    with processes.held():
        assert os.environ[processes.PARENT] == str(os.getpid())
    assert processes.PARENT not in os.environ


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_cell_has_started_ends_with_its_chapter(book: SmallBook, engine: str) -> None:
    child = f"import subprocess; subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(600)'])\n"
    book.edit("book/cost.md", LAST, child + "while True:\n    pass\n" + LAST)
    with family(book, "run", "cost", "--engine", engine, "--timeout", "3") as press:
        code, told = press.ended()  # it would hold the pipe that is read here until it ends
        assert press.gone()
    assert code == 1
    assert "book/cost.md" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("engine", ENGINES)
def test_endless_recursion_is_told_as_such(book: SmallBook, engine: str) -> None:
    book.edit("book/cost.md", LAST, f"def down(n):\n    return down(n + 1)\n\n\ndown(0)\n{LAST}")
    ran = book.shortcase("run", "cost", "--engine", engine)
    assert ran.code == 1
    assert "RecursionError: maximum recursion depth exceeded" in ran.err


def test_a_kernel_killed_in_mid_chapter_is_named(book: SmallBook) -> None:
    book.edit("book/cost.md", LAST, SLOW + LAST)
    with family(book, "run", "cost", "--engine", "kernel") as press:
        assert until(lambda: at_work(book))
        (kernel,) = press.kernels()
        os.kill(kernel, signal.SIGKILL)
        code, told = press.ended()
        assert press.gone()
    assert code == 1
    assert "cost failed in cell 5: DeadKernelError: Kernel died" in told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_chapter_whose_process_ends_before_the_first_cell_is_tried_once_more(
    book: SmallBook, engine: str, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nfrom pathlib import Path\n"
        "def dies(event, arguments):\n"
        f"    if event == 'open' and str(arguments[0]).endswith('source.ipynb') and not Path({str(once)!r}).exists():\n"
        f"        Path({str(once)!r}).touch()\n"
        "        import os; os._exit(9)\n"
        "sys.addaudithook(dies)\n",
        encoding="utf-8",
    )
    ran = book.shortcase_afresh("run", "cost", "--engine", engine, lib=tmp_path)
    assert once.exists()
    assert ran.code == 0, ran.err


def test_two_chapters_at_once_in_kernels(built: SmallBook) -> None:
    quick = built.site()
    for _ in range(BUILDS):
        ran = built.shortcase("build", "--fresh", "--engine", "kernel", "--jobs", "2")
        assert ran.code == 0, ran.err
        assert built.site() == quick
    assert not [path.name for path in (built.root / "book").iterdir() if path.is_socket()]


def test_a_build_killed_between_the_two_renames_is_mended_before_anything_else(built: SmallBook) -> None:
    before = built.snapshot("_build/html")
    (built.root / "_build/html").rename(built.root / "_build/.html.old")
    built.edit("book/index.md", "{num}`die_yield`", "{num}`die_yeild`")
    assert built.shortcase("build").code == 2
    assert built.snapshot("_build/html") == before


def test_a_swap_has_no_moment_without_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("html", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")

    def renamed(*_: object) -> None:
        raise AssertionError("a rename leaves a moment without a site")

    monkeypatch.setattr(Path, "rename", renamed)
    files.swap(tmp_path / "new", tmp_path / "html")
    assert (tmp_path / "html" / "index.html").read_text(encoding="utf-8") == "new"
    assert not (tmp_path / "new").exists()


def test_where_folders_cannot_change_places_a_swap_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("html", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    monkeypatch.setattr(files, "_exchange", lambda *_: False)
    files.swap(tmp_path / "new", tmp_path / "html")
    assert (tmp_path / "html" / "index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


@pytest.mark.parametrize("folder", ["cache", "known", "pictures", "points", "scripts"])
def test_half_written_files_of_a_killed_build_are_swept(tmp_path: Path, folder: str) -> None:
    paths = Layout(tmp_path, tmp_path)
    place: Path = getattr(paths, folder)
    half = place / f".cost.abc.json.{2**22 + 1}"  # above the highest number that Linux gives
    mine = place / f".cost.abc.json.{os.getpid()}"
    place.mkdir(parents=True)
    for path in (half, mine):
        path.touch()
    with files.build_lock(paths, pytest.fail):
        pass
    assert (half.exists(), mine.exists()) == (False, True)


def test_who_waits_says_for_whom_and_a_killed_holder_frees_the_lock(built: SmallBook) -> None:
    built.edit("book/cost.md", LAST, SLOW + LAST)
    with family(built, "build") as first:
        assert until(lambda: at_work(built))
        with family(built, "run", "die_yield") as second:
            assert second.process.stderr is not None
            said = second.process.stderr.readline()
            assert f"waiting for process {first.process.pid} (" in said
            first.send(signal.SIGKILL)
            code, _ = second.ended()
            assert code == 0
