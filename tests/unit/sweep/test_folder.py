"""The folder of a sweep: what is done stays done, what is half done is not there, what differs is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shortcase.errors import BadRequest
from shortcase.sweep.folder import Folder, missing

ABOUT = {"route": "thesis", "value demand_growth": "0.5", "package model/a.py": "1", "parameter b": "2"}


def test_parts_of_both_kinds_come_back_as_they_were_put(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT):
        folder.put_one(7, {"va_none": 1.5, "it-holds": "holds"})
        folder.put(0, {"va_none": np.array([1.0, np.nan]), "error": [None, "why"]})
    first, second = folder.parts()
    assert (first.first, first.end, second.first) == (0, 2, 7)
    assert second.rows() == {"va_none": [1.5], "it-holds": ["holds"]}
    assert list(first.rows()["error"]) == [None, "why"]
    assert missing(folder.parts(), 9).tolist() == [2, 3, 4, 5, 6, 8]


def test_a_part_that_is_broken_is_missing_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT):
        folder.put_one(0, {"x": 1.0})
        folder.put(1, {"x": [1.0, 2.0]})
    for path in folder.parts_path.iterdir():
        path.write_bytes(path.read_bytes()[:9])
    assert folder.parts() == []
    assert not list(folder.parts_path.iterdir())


def test_what_a_killed_sweep_was_writing_is_cleared_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT):
        half = folder.parts_path / ".00000000-00000001.json.123"
        half.write_text("{", encoding="utf-8")
    with folder.held(ABOUT):
        assert not half.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"package model/a.py": "9"}, "model/a.py of the package has changed"),
        ({"parameter b": "9"}, "the entry of b in parameters.yml has changed"),
        ({"value demand_growth": "0.7"}, "value demand_growth was 0.5, and is 0.7"),
        ({"route": "live"}, "the route was thesis, and is live"),
        ({"package model/new.py": "1"}, "model/new.py of the package is new"),
    ],
)
def test_a_sweep_begun_with_something_else_is_refused(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT):
        pass
    with pytest.raises(BadRequest) as refused, folder.held({**ABOUT, **changed}):
        pass
    assert told in str(refused.value)
    with folder.held(ABOUT):
        pass


def test_two_sweeps_do_not_work_in_one_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT), pytest.raises(BadRequest, match="Another sweep"), folder.held(ABOUT):
        pass


def test_a_finished_part_is_never_written_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "a.run")
    with folder.held(ABOUT):
        folder.put_one(0, {"x": 1.0})
        with pytest.raises(AssertionError):
            folder.put_one(0, {"x": 2.0})
