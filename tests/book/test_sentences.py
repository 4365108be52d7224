"""Each condition under which a sentence that compares holds, with the numbers of the book as it was built.

That they hold over the ranges as well takes an hour: tests/ranges.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shortcase.case.parameters import as_written
from shortcase.publish.check.comparisons import listing
from shortcase.publish.read import conditions

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "_build/results/numbers.json"


@pytest.mark.skipif(not RECORDED.exists(), reason="the book is not built")
def test_every_sentence_that_states_a_condition_holds_in_the_book_as_built() -> None:
    values = {name: parameter.value for name, parameter in as_written().items()}
    values |= {key: row["value"] for key, row in json.loads(RECORDED.read_text(encoding="utf-8")).items()}
    stated = listing(ROOT).stated
    assert len(stated) > 20
    told = {begins: conditions.parse(f"{condition} | |")[0] for (_, begins), (condition, _) in stated.items()}
    assert [begins for begins, condition in told.items() if not conditions.holds(condition, values)] == []
