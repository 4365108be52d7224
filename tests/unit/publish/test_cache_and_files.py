"""What is kept is whole, and a site is put in place whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.publish.files import swap, write
from shortcase.publish.run.cache import KEPT, Cache, Entry

KEY = "a" * 64


def test_an_entry_comes_back_as_it_went_in(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entry = Entry({"cells": [{"source": "η = ½"}]}, 1.5)
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
    assert len(list(tmp_path.glob("c.*.json"))) == KEPT


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
