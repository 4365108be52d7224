"""What is kept from one build to the next is given back whole and under its own name, or not at all."""

from __future__ import annotations

import os

import pytest

from shortcase.publish import kept_files
from shortcase.publish.kept_files import keep, kept


def test_what_is_kept_comes_back(tmp_path):
    keep(tmp_path / "a.png", b"one\ntwo\n")
    assert kept(tmp_path / "a.png") == b"one\ntwo\n"
    assert kept(tmp_path / "b.png") is None


@pytest.mark.parametrize("damage", [b"", b"no line", b"0" * 64 + b"\nwhole"])
def test_what_is_damaged_is_none(tmp_path, damage):
    path = tmp_path / "a.png"
    keep(path, b"whole")
    path.write_bytes(damage)
    assert kept(path) is None


def test_what_is_cut_or_another_s_is_none(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    keep(one, b"the first")
    keep(other, b"the second")
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(second[:-1])
    assert (kept(one), kept(other)) == (None, None)
    one.write_bytes(first)
    assert kept(one) == b"the first"


def test_the_longest_unasked_go(tmp_path):
    for number, name in enumerate("abc"):
        keep(tmp_path / name, b"x")
        os.utime(tmp_path / name, (number, number))
    kept(tmp_path / "a")
    keep(tmp_path / "d", b"x", most=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "d"]


def test_no_room_is_no_fault(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("full")

    monkeypatch.setattr(kept_files, "write", full)
    keep(tmp_path / "a", b"x")
    assert kept(tmp_path / "a") is None
