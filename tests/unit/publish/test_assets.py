from __future__ import annotations

import json
import re

import pytest

from shortcase.errors import BuildFailed
from shortcase.publish.site import assets


def test_the_scripts_are_written_once_and_the_same(tmp_path):
    first = assets.write(tmp_path / "a")
    times = {p: p.stat().st_mtime_ns for p in first.rglob("*")}
    assert assets.write(tmp_path / "a") == first
    assert {p: p.stat().st_mtime_ns for p in first.rglob("*")} == times
    second = assets.write(tmp_path / "b")
    for name in (assets.VEGA, assets.MATHJAX, assets.NOTICE):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_file_that_was_lost_is_written_again(tmp_path):
    (assets.write(tmp_path) / assets.MATHJAX).unlink()
    assert (assets.write(tmp_path) / assets.MATHJAX).stat().st_size > 2_000_000


def test_vega_keeps_its_names_to_itself_and_brings_the_look():
    script = assets.vega().decode()
    assert script.startswith("(()=>{")
    look = json.loads(re.search(r"window\.chartLook=(.*);\n\}\)\(\);\n$", script)[1])
    assert look["narrow"]["legend"]["columns"] == 1
    assert "window.vegaEmbed = " in script or "window.vegaEmbed=" in script


def test_another_mathjax_than_the_recorded_one_is_refused(monkeypatch):
    monkeypatch.setattr(assets, "MATHJAX_SHA256", "0" * 64)
    with pytest.raises(BuildFailed, match="another"):
        assets.mathjax()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(assets, "MATHJAX_PACKAGE", "no-such-package")
    with pytest.raises(BuildFailed) as refused:
        assets.mathjax()
    assert "pip install no-such-package" in str(refused.value)
