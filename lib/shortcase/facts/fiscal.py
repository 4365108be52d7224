"""The calendar by which a company closes its quarters, and the last legal day of the report on one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shortcase.errors import BadFile, nearest
from shortcase.places import place
from shortcase.yaml_lines import Lined, read

CALENDARS = Path(__file__).parent / "calendars.yml"
"""The rule of each company, with its source."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LARGE_ACCELERATED = dt.date(2006, 12, 15)
"""Annual reports on years that end from this day on are due in 60 days instead of 75 (SEC, Release 33-8644)."""

FIRST_YEAR, LAST_YEAR = 1950, 2150
"""Years of which a table can say anything."""


@dataclass(frozen=True)
class Calendar:
    """A company's fiscal year: it ends in `month`, on its last day or on the last or the nearest such weekday.

    A year of 52 or 53 weeks has four quarters of 13; `long` says which one of a 53-week year has 14.
    """

    company: str
    month: int
    weekday: int | None
    nearest: bool
    long: dict[int, int]
    source: str

    def year_end(self, fiscal_year: int) -> dt.date:
        """Last day of a fiscal year, named for the calendar year in which it ends or is to end.

        >>> calendar("micron").year_end(2020), calendar("nvidia").year_end(2025)
        (datetime.date(2020, 9, 3), datetime.date(2025, 1, 26))
        """
        first_of_next = dt.date(fiscal_year + self.month // 12, self.month % 12 + 1, 1)
        last = first_of_next - dt.timedelta(days=1)
        if self.weekday is None:
            return last
        back = (last.weekday() - self.weekday) % 7
        return last + dt.timedelta(days=7 - back if self.nearest and back > 3 else -back)

    def quarter_ends(self, fiscal_year: int) -> list[dt.date]:
        """Last days of the four quarters.

        >>> [str(day) for day in calendar("micron").quarter_ends(2007)]
        ['2006-11-30', '2007-03-01', '2007-05-31', '2007-08-30']

        Errors: BadFile for a year of 53 weeks of which the calendar does not say which quarter is the long one.
        """
        end, before = self.year_end(fiscal_year), self.year_end(fiscal_year - 1)
        if self.weekday is None:
            return [_month_end(fiscal_year, self.month - back) for back in (9, 6, 3, 0)]
        weeks = [13, 13, 13, 13]
        if (end - before).days == 7 * 53:
            if fiscal_year not in self.long:
                what = f"The fiscal year {fiscal_year} of {self.company} has 53 weeks"
                raise BadFile(what, where=place(CALENDARS), mend="say under `long` which quarter has 14 of them")
            weeks[self.long[fiscal_year] - 1] = 14
        return [before + dt.timedelta(weeks=sum(weeks[: quarter + 1])) for quarter in range(4)]

    def check(self, day: dt.date, where: str) -> None:
        """Refuse a day on which the company closes no quarter.

        Errors: BadFile, with the nearest day on which it does.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            mend = f"write a day of the years {FIRST_YEAR} to {LAST_YEAR}"
            raise BadFile(f"{self.company} closed no quarter on {day}", where=where, mend=mend)
        year = next(year for year in (day.year - 1, day.year, day.year + 1) if day <= self.year_end(year))
        ends = [self.year_end(year - 1), *self.quarter_ends(year)]
        if day not in ends:
            closest = min(ends, key=lambda end: abs(end - day))
            what = f"{self.company} closed no quarter on {day}"
            raise BadFile(what, where=where, mend=f"its quarter ended on {closest} ({self.source})")


def filing_deadline(period_end: dt.date, annual: bool) -> dt.date:
    """The last day on which a large company may file its report: 40 days after a quarter, 60 after a year.

    Until 2006 it had 75 days after a year. A weekend puts the day off to Monday (SEC, Forms 10-Q and 10-K, general
    instruction A; Securities Exchange Act, rule 0-3).

    >>> str(filing_deadline(dt.date(2007, 3, 1), annual=False)), str(filing_deadline(dt.date(2006, 8, 31), annual=True))
    ('2007-04-10', '2006-11-14')
    """
    days = (60 if period_end >= LARGE_ACCELERATED else 75) if annual else 40
    due = period_end + dt.timedelta(days=days)
    return due + dt.timedelta(days=(7 - due.weekday()) if due.weekday() > 4 else 0)


@cache
def calendars() -> dict[str, Calendar]:
    """All calendars by company.

    Errors: BadFile, with file and line, for a rule that is not of the form that the head of the file describes.
    """
    raw = read(CALENDARS)
    return {company: _calendar(company, rule, place(CALENDARS, raw.lines[company])) for company, rule in raw.items()}


def calendar(company: str, *, where: str | None = None) -> Calendar:
    """One company's calendar.

    Errors: BadFile for a company without one.
    """
    if company not in calendars():
        mend = f"add it to {place(CALENDARS)} with its source; {nearest(company, calendars())}"
        raise BadFile(f"No calendar of {company!r} is known", where=where, mend=mend)
    return calendars()[company]


def _calendar(company: str, rule: object, where: str) -> Calendar:
    if not isinstance(rule, Lined) or not {"month", "source"} <= set(rule) <= {"month", "day", "long", "source"}:
        raise BadFile(f"The calendar of {company} needs `month` and `source`", where=where, mend="and `day`, `long`")
    words = str(rule.get("day", "last")).split()
    if words not in [["last"], *([how, day] for how in ("last", "nearest") for day in DAYS)]:
        mend = "write `last sunday` or `nearest thursday`, or leave it out for the last day of the month"
        raise BadFile(f"The calendar of {company} ends on {rule['day']!r}", where=where, mend=mend)
    return Calendar(
        company=company,
        month=int(rule["month"]),
        weekday=DAYS.index(words[1]) if words[1:] else None,
        nearest=words[0] == "nearest",
        long={int(year): int(quarter) for year, quarter in dict(rule.get("long") or {}).items()},
        source=str(rule["source"]),
    )


def _month_end(year: int, month: int) -> dt.date:
    """Last day of a month, of which those before January belong to the year before.

    >>> str(_month_end(2024, -3)), str(_month_end(2024, 9))
    ('2023-09-30', '2024-09-30')
    """
    index = year * 12 + month
    return dt.date(index // 12, index % 12 + 1, 1) - dt.timedelta(days=1)
