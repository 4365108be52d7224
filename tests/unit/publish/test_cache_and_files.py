"""What is kept is whole, and a site is put in place whole."""

from __future__ import annotations

import contextlib
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shortcase.publish.files import build_lock, swap, write
from shortcase.publish.request import Layout
from shortcase.publish.run.cache import KEPT, Cache, Entry

KEY = "a" * 64


def test_an_entry_comes_back_as_it_went_in(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entry = Entry({"cells": [{"source": "η = ½"}], "ends": (0.1, ("const", -0.0))}, 1.5)  # a tuple as a tuple
    assert cache.get("c", KEY) is None
    cache.put("c", KEY, entry)
    assert cache.get("c", KEY) == entry
    assert cache.get("other", KEY) is None


@pytest.mark.parametrize("position", [0, 40, 100, -3])
def test_one_changed_byte_is_noticed(tmp_path: Path, position: int) -> None:
    cache = Cache(tmp_path)
    cache.put("c", KEY, Entry({"cells": ["some text"] * 5}, 1.5))
    path = cache.path("c", KEY)
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    assert cache.get("c", KEY) is None
    assert not path.exists()


def test_an_entry_under_another_key_is_not_taken(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("c", KEY, Entry({}, 1))
    cache.path("c", KEY).rename(cache.path("c", "b" * 64))
    assert cache.get("c", "b" * 64) is None


def test_old_entries_are_dropped(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for index in range(KEPT + 3):
        cache.put("c", f"{index:064}"[::-1], Entry({"n": index}, 1))
    assert len(list(tmp_path.glob("c.*.kept"))) == KEPT


def test_how_long_a_chapter_took_is_known_under_another_key_and_past_a_damaged_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.lasted("c") == math.inf
    cache.put("c", KEY, Entry({}, 2.5))
    cache.put("c_long", KEY, Entry({}, 9.0))
    assert cache.lasted("c") == 2.5
    cache.put("c", "b" * 64, Entry({}, 4.0))
    newest = cache.path("c", "b" * 64)
    os.utime(newest, (2**31, 2**31))
    assert cache.lasted("c") == 4.0
    newest.write_bytes(b"\xff")
    assert cache.lasted("c") == 2.5


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "new \ud800")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_swap_replaces_a_site_whole(tmp_path: Path) -> None:
    new, place = tmp_path / "new", tmp_path / "html"
    for folder, text in ((new, "new"), (place, "old")):
        folder.mkdir()
        (folder / "index.html").write_text(text)
    (place / "gone.html").write_text("old")
    swap(new, place)
    assert (place / "index.html").read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["html"]
    assert not (place / "gone.html").exists()


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path) -> None:
    place = tmp_path / "html"
    place.mkdir()
    (place / "index.html").write_text("old")
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "none", place)
    assert (place / "index.html").read_text() == "old"


HOLD = """
import sys
from pathlib import Path
from shortcase.publish.files import build_lock
from shortcase.publish.request import Layout
base = Path(sys.argv[1])
with build_lock(Layout(base, base), print):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextlib.contextmanager
def held_by_another(base: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(base), "--set", "a b=1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_who_waits_for_the_lock_says_for_whom(tmp_path: Path) -> None:
    said = []
    with held_by_another(tmp_path) as other:

        def say(line: str) -> None:
            said.append(line)
            assert other.stdin is not None
            other.stdin.write("go on\n")
            other.stdin.flush()

        with build_lock(Layout(tmp_path, tmp_path), say):
            assert (tmp_path / ".lock.holder").read_text(encoding="utf-8").startswith(f'{{"pid": {os.getpid()}, ')
    (line,) = said
    assert line.startswith(f"waiting for process {other.pid} (")
    assert "--set 'a b=1', since 20" in line
    assert not (tmp_path / ".lock.holder").exists()


def test_a_free_lock_is_taken_in_silence_and_left_by_a_killed_build(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as other:
        other.kill()
        other.wait()
        assert (tmp_path / ".lock.holder").is_file()
        with build_lock(Layout(tmp_path, tmp_path), pytest.fail):
            pass


def interrupted(places: Layout) -> None:
    with build_lock(places, pytest.fail):
        (places.work / "chapter").mkdir(parents=True)
        (places.stage / ".site").mkdir(parents=True)
        raise KeyboardInterrupt


def test_what_a_build_leaves_half_done_is_removed(tmp_path: Path) -> None:
    places = Layout(tmp_path, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        interrupted(places)
    assert not places.work.exists()
    assert not (places.stage / ".site").exists()
