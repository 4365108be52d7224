"""What is done in a copy of this process comes back as if it had been done here, whatever becomes of the copy."""

from __future__ import annotations

import multiprocessing
import os
import time
from functools import partial
from pathlib import Path

import pytest

from shortcase.errors import BadSource
from shortcase.publish.check.problems import Refused, refuse
from shortcase.publish.check.rules import ruled
from shortcase.publish.run import processes
from shortcase.publish.run.beside import beside, together

HERE = os.getpid()
copied = pytest.mark.skipif(not processes.can_fork(), reason="no process is copied here")


@copied
def test_it_is_done_elsewhere_and_its_result_comes_here() -> None:
    with beside(lambda: (os.getpid(), [1.5, "one"])) as found:
        pid, result = found()
    assert pid != HERE
    assert result == [1.5, "one"]


@copied
def test_what_is_refused_there_is_raised_here_with_its_rule() -> None:
    wrong = ruled("dollars", [BadSource("One thing", where="a.md:1"), BadSource("Another", where="a.md:2", mend="b")])
    told = [*wrong]
    with pytest.raises(Refused) as raised, beside(lambda: refuse(told)) as found:
        found()
    assert str(raised.value).splitlines() == [str(one) for one in told]
    assert "[dollars]" in str(raised.value)
    assert raised.value.exit_code == Refused(told).exit_code


@copied
@pytest.mark.parametrize("how", [lambda: os._exit(1), lambda: 1 / 0])
def test_where_the_copy_fails_it_is_done_here(how: object) -> None:
    with beside(lambda: HERE if os.getpid() == HERE else how()) as found:  # type: ignore[operator]
        assert found() == HERE


def test_where_no_process_is_copied_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    with beside(os.getpid) as found:
        assert found() == HERE


@copied
def test_what_nobody_waits_for_any_more_ends(tmp_path: Path) -> None:
    def wait() -> None:
        (tmp_path / "begun").touch()
        time.sleep(600)

    with beside(wait):
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
    assert all(child.name != "beside" for child in multiprocessing.active_children())


def test_many_are_made_by_two_each_once_and_in_their_order(tmp_path: Path) -> None:
    def make(name: str) -> tuple[str, int]:
        with (tmp_path / "made").open("a", encoding="utf-8") as made:
            made.write(f"{name}\n")
        time.sleep(0.002)
        return name, os.getpid()

    names = [f"script {number}" for number in range(300)]  # more than one byte tells apart
    found = together({name: partial(make, name) for name in names})
    assert [*found] == names == [name for name, _ in found.values()]
    assert sorted((tmp_path / "made").read_text(encoding="utf-8").splitlines()) == sorted(names)
    assert len({pid for _, pid in found.values()}) == (2 if processes.can_fork() else 1)


@copied
def test_what_a_copy_has_taken_and_not_delivered_is_made_here() -> None:
    def make() -> int:
        if os.getpid() != HERE:
            os._exit(1)
        time.sleep(0.02)
        return HERE

    assert together(dict.fromkeys("abcdefgh", make)) == dict.fromkeys("abcdefgh", HERE)
