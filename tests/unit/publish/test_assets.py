from __future__ import annotations

import json
import re
from pathlib import Path

from shortcase.publish.site import assets

ROOT = Path(__file__).resolve().parents[3]


def test_the_scripts_are_written_once_and_the_same(tmp_path):
    first = assets.write(tmp_path / "a")
    times = {p: p.stat().st_mtime_ns for p in first.rglob("*")}
    assert assets.write(tmp_path / "a") == first
    assert {p: p.stat().st_mtime_ns for p in first.rglob("*")} == times
    second = assets.write(tmp_path / "b")
    for name in (assets.VEGA, assets.NOTICE):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_file_that_was_lost_is_written_again(tmp_path):
    (assets.write(tmp_path) / assets.VEGA).unlink()
    assert (assets.write(tmp_path) / assets.VEGA).stat().st_size > 800_000


def test_what_an_older_edition_served_is_taken_away(tmp_path):
    old = tmp_path / "mathjax" / "tex-svg.js"
    old.parent.mkdir()
    old.write_text("")
    assert not (assets.write(tmp_path) / "mathjax").exists()


def test_vega_keeps_its_names_to_itself_and_brings_the_look():
    script = assets.vega().decode()
    assert script.startswith("(()=>{")
    look = json.loads(re.search(r"window\.chartLook=(.*);\n\}\)\(\);\n$", script)[1])
    assert look["narrow"]["legend"]["columns"] == 1
    assert "window.vegaEmbed = " in script or "window.vegaEmbed=" in script


def test_no_six_lines_stand_in_two_scripts() -> None:
    """What two scripts need has one home; the one that is not ours is left out."""
    ours = sorted(path for path in (ROOT / "book" / "_static").rglob("*.js") if path.name != "minisearch.js")
    assert len(ours) > 10
    homes: dict[tuple[str, ...], str] = {}
    twice = set()
    for path in ours:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        code = [line for line in lines if line and not line.startswith("//")]
        for begin in range(len(code) - 5):
            home = homes.setdefault(tuple(code[begin : begin + 6]), path.name)
            if home != path.name:
                twice.add((home, path.name, code[begin]))
    assert twice == set()
