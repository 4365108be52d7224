from __future__ import annotations

import pytest

from shortcase.errors import BadSource
from shortcase.publish.read import conditions

VALUES = {"gain": 1.5, "cost": 2, "as_of": "2025-01-25", "ready": True}


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("gain > 1", True),
        ("gain >= cost", False),
        ("1 < gain < 2", True),
        ("1 < gain < 1.2", False),
        ("gain > 1 and cost == 2", True),
        ("gain > 2 or not cost != 2", True),
        ("gain > -1", True),
        ("as_of < '2025-03-31'", True),
        ("ready", True),
    ],
)
def test_a_condition_is_read_as_it_is_written(condition, met):
    assert conditions.holds(conditions.parse(f"{condition} | yes | no")[0], VALUES) is met


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gain > 1 | yes", "two wordings"),
        (" | yes | no", "two wordings"),
        ("gain > | yes | no", "cannot be read"),
        ("gian > 1 | yes | no", "did you mean gain"),
        ("gain | yes | no", "no condition"),
        ("gain > 'a' | yes | no", "cannot be compared"),
        ("gain is 1 | yes | no", "may compare"),
        ("__import__('os').getcwd() == 1 | yes | no", "may hold"),
        ("gain.real > 1 | yes | no", "may hold"),
        ("(lambda: 1)() > 1 | yes | no", "may hold"),
        ("gain + 1 > 2 | yes | no", "may hold"),
    ],
)
def test_anything_but_keys_figures_and_comparisons_is_refused(text, words):
    with pytest.raises(BadSource) as refused:
        conditions.holds(conditions.parse(text)[0], VALUES)
    assert words in str(refused.value)
