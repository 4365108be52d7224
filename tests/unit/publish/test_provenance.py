"""Since when what a number rests on has been public, and whether that is ahead of the as-of date."""

from __future__ import annotations

import datetime as dt

import pytest

from shortcase.facts import later
from shortcase.publish.check.provenance import known_on
from shortcase.publish.read.dependencies import Dependency

DAY = dt.timedelta(days=1)


@pytest.fixture
def ahead() -> Dependency:
    """A row looked up ahead: the outlook for the last quarter of fiscal 2025."""
    return Dependency("later", "nvidia_estimates", "outlook_fy2025q4")


def test_a_fact_is_known_on_the_very_day_on_which_it_became_public(ahead: Dependency) -> None:
    public = later("nvidia_estimates").row("outlook_fy2025q4").public_on
    assert known_on([ahead], public - DAY) == public
    assert known_on([ahead], public) is None
    assert known_on([ahead], public + DAY) is None


def test_the_last_of_several_counts(ahead: Dependency) -> None:
    first, last = later("nvidia_quarters").row("fy2024q4").public_on, later("nvidia_quarters").row("fy2025q3").public_on
    both = [Dependency("later", "nvidia_quarters", name) for name in ("fy2025q3", "fy2024q4")]
    assert first < last
    assert known_on(both, first) == last


def test_a_fact_looked_up_as_of_the_date_is_never_ahead() -> None:
    assert known_on([Dependency("fact", "nvidia_quarters", "fy2024q4")], dt.date(2024, 12, 31)) is None
