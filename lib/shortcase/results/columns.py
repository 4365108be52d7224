"""What a column of results holds, as an Arrow field says it and as its name does.

Field metadata is lost by most of what reads these files (pandas, polars, duckdb), so the unit stands in the name as
well: `va_none [USD]`. Two files in which a figure has unlike units then have two columns and not one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import pyarrow as pa

POINT, PARAMETER, NUMBER, VERDICT, ERROR = "point", "parameter", "number", "verdict", "error"
"""Roles of columns."""
TYPES = {"float": pa.float64(), "int": pa.int64(), "bool": pa.bool_()}
"""Arrow types by the kind of a parameter; words, days and verdicts are text."""
NAME = re.compile(r"(?P<key>[^\[\]]+?)(?: \[(?P<unit>[^\[\]]+)\])?")


@dataclass(frozen=True)
class Column:
    """One column: its key in the book, what role it has, its type, and what a reader must know to use it."""

    key: str
    role: str
    kind: str = "float"
    unit: str = ""
    label: str = ""
    formula: str = ""
    function: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The name in a file: with the unit where there is one.

        >>> Column("va_none", NUMBER, unit="USD").name, Column("hw-area-ratio", VERDICT, kind="text").name
        ('va_none [USD]', 'hw-area-ratio')
        """
        return f"{self.key} [{self.unit}]" if self.unit else self.key

    def field(self) -> pa.Field:
        """The Arrow field, with everything in its metadata."""
        return pa.field(self.name, TYPES.get(self.kind, pa.string()), metadata=asdict(self))


def of_field(field: pa.Field) -> Column:
    """The column of an Arrow field; of one whose metadata is lost, as much as its name says.

    >>> of_field(pa.field("va_none [USD]", pa.float64()))
    Column(key='va_none', role='', kind='float', unit='USD', label='', formula='', function='', source='')
    """
    told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    if {"key", "role"} <= told.keys():
        return of_mapping(told)
    found = NAME.fullmatch(field.name)
    kinds = {kind: name for name, kind in TYPES.items()}
    key, unit = (found["key"], found["unit"] or "") if found else (field.name, "")
    return Column(key, "", kinds.get(field.type, "text"), unit)


def of_mapping(told: Mapping[str, Any]) -> Column:
    """The column that a manifest or an Arrow field tells of; what it does not know, it leaves out."""
    known = {one.name for one in fields(Column)}
    return Column(**{key: value for key, value in told.items() if key in known})
