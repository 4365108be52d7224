"""Results written portion by portion, as Parquet, CSV or Arrow: whole in the end, or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet

from shortcase.csv_lines import inert
from shortcase.errors import BadRequest, nearest
from shortcase.results.columns import Column

MAKERS: dict[str, Any] = {
    ".parquet": lambda sink, schema: parquet.ParquetWriter(sink, schema, compression="zstd"),
    ".csv": csv.CSVWriter,
    ".arrow": pa.ipc.new_file,
}
"""What writes a file, by its ending."""
MANIFEST = b"shortcase"
"""Key of the schema's metadata under which the manifest stands."""


def ending(path: Path) -> str:
    """The ending of a file of results.

    Errors: BadRequest for one that is not written.
    """
    if path.suffix not in MAKERS:
        mend = nearest(path.suffix, MAKERS) if path.suffix else f"end it in {' or '.join(MAKERS)}"
        raise BadRequest(f"{path.name} is no file of results", where="--out", mend=mend)
    return path.suffix


def beside(path: Path) -> Path:
    """The manifest that lies beside a file of results, for whoever loses what the file says itself."""
    return path.with_name(f"{path.stem}.manifest.json")


class Writer:
    """Writes a file of results and, beside it, its manifest; a reader sees the old files or the new ones."""

    def __init__(self, path: Path, columns: Sequence[Column], manifest: Mapping[str, Any]) -> None:
        self.path, self.columns = path, tuple(columns)
        self.told = {**manifest, "columns": [asdict(column) for column in columns]}
        text = json.dumps(manifest, ensure_ascii=False, default=str)
        self.schema = pa.schema([column.field() for column in columns], metadata={MANIFEST: text.encode()})

    def __enter__(self) -> Writer:
        make = MAKERS[ending(self.path)]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.half = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        self.sink = self.half.open("wb")
        self.inner = make(self.sink, self.schema)
        return self

    def add(self, rows: Mapping[str, Any]) -> None:
        """Some more rows, as lists or arrays by the key of their column; a column that is not named is empty.

        A CSV gets no text that a spreadsheet would run.
        """
        count = max(map(len, rows.values()))
        arrays = [
            pa.array(self._cells(rows.get(column.key, [None] * count), field.type), type=field.type, from_pandas=True)
            for column, field in zip(self.columns, self.schema, strict=True)
        ]
        self.inner.write_table(pa.Table.from_arrays(arrays, schema=self.schema))

    def _cells(self, cells: Any, kind: pa.DataType) -> Any:
        if self.path.suffix != ".csv" or not pa.types.is_string(kind):
            return cells
        return [inert(cell) if isinstance(cell, str) else cell for cell in cells]

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            self.inner.close()
            self.sink.close()
            if kind is None:
                told = json.dumps(self.told, indent=1, ensure_ascii=False, default=str)
                half = self.half.with_suffix(".json")
                half.write_text(told + "\n", encoding="utf-8")
                self.half.replace(self.path)
                half.replace(beside(self.path))
        finally:
            self.half.unlink(missing_ok=True)
            self.half.with_suffix(".json").unlink(missing_ok=True)
