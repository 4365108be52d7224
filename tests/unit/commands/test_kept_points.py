"""Points kept between commands are those that would be made, to the bit, or they are made again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from shortcase.case.thesis import draws
from shortcase.commands.kept_points import MOST, KeptPoints

ROOT = Path(__file__).resolve().parents[3]


def unmade(seed: int) -> draws.Points:
    raise AssertionError(f"the points of {seed} are kept")


def test_kept_points_are_those_that_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = draws.sobol(5).random(64)
    points = KeptPoints(tmp_path, 64, pytest.fail)
    assert np.array_equal(points(5).random(64), made)
    monkeypatch.setattr(draws, "sobol", unmade)
    again = points(5)
    assert np.array_equal(np.concatenate([again.random(16), again.random(48)]), made)
    for other in (KeptPoints(tmp_path, 32, pytest.fail), KeptPoints(tmp_path / "other", 64, pytest.fail)):
        with pytest.raises(AssertionError, match="are kept"):
            other(5)


@pytest.mark.parametrize("what", ["scipy", "np"])
def test_points_of_another_version_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    points = KeptPoints(tmp_path, 64, pytest.fail)
    before = points.path(5)
    monkeypatch.setattr(f"shortcase.commands.kept_points.{what}.__version__", "0")
    assert points.path(5) != before


@pytest.mark.parametrize("damage", ["cut", "empty", "a digit", "another's"])
def test_damaged_points_are_named_and_made_again(tmp_path: Path, damage: str) -> None:
    said: list[str] = []
    points = KeptPoints(tmp_path, 64, said.append)
    made = points(5).random(64)
    points(6)
    path = points.path(5)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "empty": b"",
            "a digit": whole[:-1] + bytes([whole[-1] ^ 1]),
            "another's": points.path(6).read_bytes(),
        }[damage]
    )
    assert np.array_equal(points(5).random(64), made)
    assert len(said) == 1
    assert path.name in said[0]
    assert path.read_bytes() == whole


def test_neither_many_points_nor_many_files_are_kept(tmp_path: Path) -> None:
    KeptPoints(tmp_path, 2 * draws.PORTION, pytest.fail)(5)
    assert not list(tmp_path.iterdir())
    points = KeptPoints(tmp_path, 8, pytest.fail)
    for seed in range(MOST + 2):
        points(seed)
    assert len(list(tmp_path.iterdir())) == MOST


def test_a_second_value_loads_no_sampler_and_says_the_same() -> None:
    told = "import sys; from shortcase import cli; cli.main(sys.argv[1:]); print('scipy.stats' in sys.modules)"
    ask = [sys.executable, "-c", told, "value", "--json", "--draws", "64"]
    first, second = (
        subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True).stdout.rpartition("}") for _ in "ab"
    )
    assert json.loads(first[0] + "}") == json.loads(second[0] + "}")
    assert second[2].strip() == "False"
