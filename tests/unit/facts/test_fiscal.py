"""Fiscal calendars against quarter ends that the companies printed, and deadlines worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from shortcase.errors import BadFile
from shortcase.facts.fiscal import Calendar, calendar, filing_deadline


@pytest.mark.parametrize(
    ("company", "year", "ends"),
    [
        # NVIDIA, covers of the Forms 10-Q and 10-K; fiscal 2021 has 53 weeks.
        ("nvidia", 2017, "2016-05-01 2016-07-31 2016-10-30 2017-01-29"),
        ("nvidia", 2021, "2020-04-26 2020-07-26 2020-10-25 2021-01-31"),
        ("nvidia", 2025, "2024-04-28 2024-07-28 2024-10-27 2025-01-26"),
        # Micron: fiscal 2015 with the long quarter first, 2020 with it last.
        ("micron", 2015, "2014-12-04 2015-03-05 2015-06-04 2015-09-03"),
        ("micron", 2020, "2019-11-28 2020-02-27 2020-05-28 2020-09-03"),
        ("micron", 2024, "2023-11-30 2024-02-29 2024-05-30 2024-08-29"),
        ("broadcom", 2024, "2024-02-04 2024-05-05 2024-08-04 2024-11-03"),
        ("amd", 2024, "2024-03-30 2024-06-29 2024-09-28 2024-12-28"),
        ("cisco", 2001, "2000-10-28 2001-01-27 2001-04-28 2001-07-28"),
        ("apple", 2024, "2023-12-30 2024-03-30 2024-06-29 2024-09-28"),
        ("oracle", 2025, "2024-08-31 2024-11-30 2025-02-28 2025-05-31"),
        ("meta", 2024, "2024-03-31 2024-06-30 2024-09-30 2024-12-31"),
    ],
)
def test_quarters_end_on_the_days_that_were_reported(company: str, year: int, ends: str) -> None:
    assert [str(day) for day in calendar(company).quarter_ends(year)] == ends.split()


def test_a_long_year_without_its_long_quarter_is_refused() -> None:
    nobody = Calendar("nobody", 1, 6, False, {}, "none")
    with pytest.raises(BadFile, match="fiscal year 2021 of nobody has 53 weeks"):
        nobody.quarter_ends(2021)


def test_the_first_days_after_a_month_belong_to_its_quarter() -> None:
    # Micron's second quarter of fiscal 2007 ended on Thursday 1 March, not in February.
    calendar("micron").check(dt.date(2007, 3, 1), "here")
    for day in (dt.date(2007, 2, 28), dt.date(2007, 3, 31)):
        with pytest.raises(BadFile, match="its quarter ended on 2007-03-01"):
            calendar("micron").check(day, "here")


@pytest.mark.parametrize(
    ("ended", "annual", "due"),
    [
        ("2007-03-01", False, "2007-04-10"),
        ("2005-12-01", False, "2006-01-10"),
        ("2010-06-03", False, "2010-07-13"),
        ("2024-02-29", False, "2024-04-09"),
        ("2023-03-02", False, "2023-04-11"),
        ("2022-12-01", False, "2023-01-10"),
        ("2008-08-28", True, "2008-10-27"),
        ("2009-09-03", True, "2009-11-02"),
        ("2006-08-31", True, "2006-11-14"),  # 75 days, before the rule of 60
        ("2017-09-02", False, "2017-10-12"),
        ("2016-11-29", False, "2017-01-09"),  # a Sunday, so the Monday after it
    ],
)
def test_a_report_is_due_forty_or_sixty_days_after_its_period(ended: str, annual: bool, due: str) -> None:
    assert str(filing_deadline(dt.date.fromisoformat(ended), annual)) == due
