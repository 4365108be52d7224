"""Rows of facts, as they were known on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from shortcase import csv_lines, scalars
from shortcase.errors import BadFile, LookAhead, MissingFact, at, nearest
from shortcase.facts import documents
from shortcase.facts.fiscal import calendar, filing_deadline
from shortcase.facts.schemas import CONFIDENCE, PROVENANCE, Schema, names, schema
from shortcase.places import place
from shortcase.scalars import shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "Table", "later", "names", "schema", "table"]

DEADLINE = "legal deadline"
"""Words of a note whose row takes the last day allowed for a filing as its day, where the filing's own is not known."""

T = TypeVar("T")
Value = float | str | dt.date


class Row:
    """One observation: its values as attributes, its provenance beside them."""

    def __init__(self, schema: Schema, line: int, values: dict[str, Value | None]) -> None:
        self._schema, self._line, self._values = schema, line, values

    @property
    def id(self) -> str:
        """The row's name in its table."""
        return str(self._values["id"])

    @property
    def table(self) -> str:
        """The table's name."""
        return self._schema.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns, provenance left out."""
        return tuple(self._schema.columns)

    @property
    def public_on(self) -> dt.date:
        """The date on which the observation became public."""
        found = self._values["public_on"]
        assert isinstance(found, dt.date)  # noqa: S101 - `_read` has refused anything else
        return found

    @property
    def source(self) -> str:
        """Citation that a reader can follow."""
        return str(self._values["source"])

    def provenance(self) -> dict[str, str]:
        """Source, place in it, date, confidence and note, as text."""
        return {key: str(self._values[key] or "") for key in PROVENANCE}

    def has(self, column: str) -> bool:
        """Whether the row has a value in the column."""
        return self._values.get(column) is not None

    def __getattr__(self, column: str) -> Any:
        if column.startswith("_"):
            raise AttributeError(column)
        if column not in self._values:
            raise MissingFact(
                f"Table {self.table} has no column {column!r}",
                where=self._place(),
                mend=nearest(
                    column, self._schema.columns, new=f"add it to both files of {place(self._schema.sources[1])}"
                ),
            )
        found = self._values[column]
        if found is None:
            raise MissingFact(
                f"Table {self.table} has no {column} for {self.id}",
                where=self._place(),
                mend="choose another row, or add the figure with its source",
            )
        return found

    def into(self, kind: type[T]) -> T:
        """A dataclass of this kind, filled from the columns named like its fields.

        Errors: MissingFact for a field that is no column, or whose cell is empty.
        """
        return kind(**{field.name: getattr(self, field.name) for field in fields(kind)})  # type: ignore[arg-type]

    def _place(self) -> str:
        return place(self._schema.csv, self._line)

    def __repr__(self) -> str:
        return f"Row({self.table}/{self.id}, public {self.public_on})"


class Table:
    """The rows of one table that were public on a date."""

    def __init__(self, schema: Schema, rows: dict[str, Row], as_of: dt.date, hidden: dict[str, Row]) -> None:
        self.schema, self.as_of = schema, as_of
        self._rows, self._hidden = rows, hidden

    @property
    def ids(self) -> list[str]:
        """Names of the rows, in the order of the file."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        # A trace shows it, and an address in memory would make two builds differ.
        return f"the table {self.schema.name}, as of {self.as_of}"

    def row(self, id: str) -> Row:  # noqa: A002 - the column is called id
        """One row.

        Errors: LookAhead where the row became public after the as-of date; MissingFact where there is none.
        """
        if id in self._rows:
            return self._rows[id]
        if id in self._hidden:
            row = self._hidden[id]
            raise LookAhead(
                f"{self.schema.name}/{id} became public on {row.public_on}, after the as-of date {self.as_of}",
                where=row._place(),
                mend=(
                    f"set as_of to {row.public_on} or a later day; a chapter that does so on purpose "
                    f'looks ahead with later("{self.schema.name}")'
                ),
            )
        what = f"Table {self.schema.name} has no row {id!r}"
        raise MissingFact(
            what, where=place(self.schema.csv), mend=nearest(id, self._rows, new=f"add it to {place(self.schema.csv)}")
        )

    def column(self, name: str) -> list[Any]:
        """The column's values, row by row.

        Errors: MissingFact for an unknown column, or an empty cell.
        """
        return [getattr(row, name) for row in self]

    def frame(self) -> pd.DataFrame:
        """All columns as a pandas frame; an empty cell is NaN or None there."""
        import pandas as pd  # noqa: PLC0415 - a quarter of a second that most lookups do not need

        return pd.DataFrame([row._values for row in self])


def table(name: str, as_of: str | dt.date) -> Table:
    """What was public on `as_of`: of several rows with one id, the newest known then.

    >>> table("accelerators", "2025-01-25").row("h100_sxm").die_area_mm2
    814.0

    Errors: MissingFact for an unknown table; BadFile, with file and line, for one that breaks its schema.
    """
    described = schema(name)
    day = as_of if isinstance(as_of, dt.date) else dt.date.fromisoformat(as_of)
    known: dict[str, Row] = {}
    hidden: dict[str, Row] = {}
    for row in _read(name):
        if row.public_on <= day and (row.id not in known or known[row.id].public_on < row.public_on):
            known[row.id] = row
        elif row.public_on > day and (row.id not in hidden or hidden[row.id].public_on > row.public_on):
            hidden[row.id] = row
    return Table(described, known, day, hidden)


def later(name: str, until: str | dt.date = dt.date.max) -> Table:
    """The newest vintage of every row, whatever the as-of date: a look ahead on purpose.

    With `until`, the newest that was public on that day; a frozen chapter gives its day here. The press marks each
    number that rests on it with its date, and refuses to let it feed a claim.

    >>> later("nvidia_market", "2025-01-26").row("close_2025_01_24").price_usd
    142.62
    """
    return table(name, until)


def vintages(name: str) -> tuple[Row, ...]:
    """Every row of the file, in its order, of each observation every vintage: for what is said of the table itself."""
    return _read(name)


@cache
def _read(name: str) -> tuple[Row, ...]:
    described = schema(name)
    file = place(described.csv)
    expected = ["id", *described.columns, *PROVENANCE]
    rows = [_row(described, line, raw, at(file, line)) for line, raw in csv_lines.read(described.csv, expected)]
    seen: set[tuple[str, dt.date]] = set()
    for row in rows:
        if (row.id, row.public_on) in seen:
            mend = "keep one, or give the newer its own day"
            raise BadFile(f"The row {shown(row.id)} stands twice for {row.public_on}", where=row._place(), mend=mend)
        seen.add((row.id, row.public_on))
    return tuple(rows)


def _row(described: Schema, line: int, raw: dict[str, str], where: str) -> Row:
    values: dict[str, Value | None] = {"id": raw["id"], **{key: raw[key] or None for key in PROVENANCE}}
    for required in ("id", "source", "public_on"):
        if not raw[required]:
            raise BadFile(f"The row has no {required}", where=where, mend="fill it")
    if raw["confidence"] not in CONFIDENCE:
        mend = nearest(raw["confidence"], CONFIDENCE)
        raise BadFile(f"There is no confidence {shown(raw['confidence'])}", where=where, mend=mend)
    public_on = values["public_on"] = _date(raw["public_on"], "public_on", where)
    for name, column in described.columns.items():
        cell = raw[name].strip(" ")
        if not cell:
            values[name] = None
        elif column.unit == "text":
            values[name] = cell
        elif column.unit == "date":
            values[name] = _date(cell, name, where)
        else:
            values[name] = _number(cell, name, where)
    ended = _quarter(described, values, where)
    late = DEADLINE in raw["note"]
    if late and ended is None:
        mend = "give the table `fiscal`, with the column that says when the quarter ended"
        raise BadFile("The legal deadline of a filing needs the quarter's last day", where=where, mend=mend)
    due = filing_deadline(ended, annual="10-K" in raw["source"]) if late and ended else None
    documents.check(raw["source"], raw["note"], public_on, where, due)
    return Row(described, line, values)


def _quarter(described: Schema, values: dict[str, Value | None], where: str) -> dt.date | None:
    """The last day of the row's fiscal quarter, held against the company's calendar."""
    ended = values[described.fiscal.column] if described.fiscal else None
    if described.fiscal is None or not isinstance(ended, dt.date):
        return None
    company = described.fiscal.company
    calendar(str(values["id"]) if company == "id" else company, where=where).check(ended, where)
    return ended


def _date(cell: str, column: str, where: str) -> dt.date:
    try:
        return scalars.day(cell)
    except ValueError:
        raise BadFile(f"{column} is {shown(cell)}, not a date", where=where, mend="write YYYY-MM-DD") from None


def _number(cell: str, column: str, where: str) -> float:
    try:
        return scalars.number(cell)
    except (ValueError, OverflowError):
        mend = "write plain digits, leave the cell empty, or declare the column as text"
        raise BadFile(f"{column} is {shown(cell)}, not a finite number", where=where, mend=mend) from None
