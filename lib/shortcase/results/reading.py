"""Files of results read again, and put under each other where every figure has the same unit in all of them.

Arrow and pandas join such files without a word, with the metadata of the first: dollars under shares of one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv, feather, parquet

from shortcase.csv_lines import told
from shortcase.errors import BadFile, BadRequest
from shortcase.results.columns import TYPES, Column, of_field, of_mapping
from shortcase.results.writing import beside, ending


@dataclass(frozen=True)
class Results:
    """Rows of one or more files, by the keys of the book, and what each column holds."""

    frame: pd.DataFrame
    columns: Mapping[str, Column]

    def unit(self, key: str) -> str:
        """The unit of a column."""
        return self.columns[key].unit


def read(*paths: Path | str) -> Results:
    """Read files of results; those of several under each other, with the file of each row in the column `file`.

    Errors: BadRequest for no file or one of another kind; BadFile where one cannot be read, has a key twice, or a
    figure has another unit than in the file before.
    """
    if not paths:
        raise BadRequest("No file of results is named", mend="name one or more")
    columns: dict[str, Column] = {}
    homes: dict[str, str] = {}
    frames = []
    for path in map(Path, paths):
        table, found = _read(path)
        for column in found:
            _agrees(column, columns, homes, path)
        frame = table.rename_columns([column.key for column in found]).to_pandas()
        frames.append(frame if len(paths) == 1 else frame.assign(file=path.name))
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    joined.attrs["units"] = {key: column.unit for key, column in columns.items() if column.unit}
    return Results(joined, columns)


def _agrees(column: Column, columns: dict[str, Column], homes: dict[str, str], path: Path) -> None:
    """Take a column in.

    Errors: BadFile where the same key has another unit.
    """
    known = columns.setdefault(column.key, column)
    home = homes.setdefault(column.key, path.name)
    if known.unit != column.unit:
        here, there = (one.unit or "no unit" for one in (column, known))
        what = f"{column.key} is in {here}, and in {there} in {home}"
        raise BadFile(what, where=path.name, mend="bring one of the two to the other's unit, or rename its column")


def _read(path: Path) -> tuple[pa.Table, list[Column]]:
    reader = READERS[ending(path)]
    try:
        table = reader(path)
    except FileNotFoundError:
        raise BadRequest(f"There is no file {path.name}", mend="name a file that shortcase sweep has written") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise BadFile(f"The file cannot be read: {error}", where=path.name, mend="write it again") from None
    known = _told(path)
    found = [of_field(field) for field in table.schema]
    found = [known.get(column.name, column) if not column.role else column for column in found]
    keys = [column.key for column in found]
    for key in keys:
        if keys.count(key) > 1:
            raise BadFile(f"{key} stands twice, in unlike units", where=path.name, mend="keep one of the columns")
    return table, found


def _csv(path: Path) -> pa.Table:
    """A table of CSV, each column of the type that its manifest says, and nothing empty but what is.

    Arrow guesses: words that all look like days would come back as days, and the word NA as nothing.
    """
    types = {name: TYPES.get(column.kind, pa.string()) for name, column in _told(path).items()}
    options = csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    table = csv.read_csv(path, convert_options=options)
    for number, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            words = [told(cell) if cell is not None else None for cell in table[field.name].to_pylist()]
            table = table.set_column(number, field, pa.array(words, field.type))
    return table


READERS: dict[str, Any] = {
    ".parquet": parquet.read_table,
    ".csv": _csv,
    ".arrow": lambda path: feather.read_table(path, memory_map=False),
}


def _told(path: Path) -> dict[str, Column]:
    """What the manifest beside a file says of its columns, by their names; nothing where there is none."""
    try:
        manifest = json.loads(beside(path).read_text(encoding="utf-8"))["columns"]
        return {column.name: column for column in map(of_mapping, manifest)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
