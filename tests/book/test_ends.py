"""A chapter at the ends of its parameters: what its live graph tells there is what the chapter gives when it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.case import parameters
from shortcase.commands.compare import live_ends
from shortcase.commands.compare.ends import ends
from shortcase.commands.compare.probe import about, by_running
from shortcase.publish.check.book import read

CHAPTER = "the_new_paradigm"
"""It has decisions that fall otherwise at some ends."""
SEEN = 7
"""Each so many-th end that the graph tells is looked at: neighbours are the two ends of one parameter."""


def test_graph_and_chapter_say_the_same_at_the_ends(root: Path, tmp_path: Path) -> None:
    book = read(root, CHAPTER)
    code = book.codes[CHAPTER]
    values = {name: one.value for name, one in parameters.registry().items()}
    asked = [end for end in ends(root) if end[0] in code.parameters_read and not about(values, *end)["refused"]]
    told = live_ends.at(book, CHAPTER, values, asked, tmp_path / "compare", say=lambda _: None)
    by_graph = [(end, one) for end, one in zip(asked, told, strict=True) if one["by"] == "graph"]
    assert len(by_graph) > len(asked) * 0.8
    for (name, end), one in by_graph[::SEEN]:
        itself = by_running(code, {**values, name: end})
        assert not itself["failed"]
        for key, figure in one["numbers"].items():
            assert itself["numbers"][key] == pytest.approx(figure, rel=1e-9, abs=1e-14), (key, name, end)
        assert {claim: itself["claims"][claim] for claim in one["claims"]} == one["claims"]
        assert one["claims"]
