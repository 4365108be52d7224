"""Results of sweeps in files, each column with its unit, label, formula and source; joined only where units agree."""

from __future__ import annotations

from shortcase.results.columns import Column
from shortcase.results.reading import Results, read
from shortcase.results.writing import Writer

__all__ = ["Column", "Results", "Writer", "read"]
