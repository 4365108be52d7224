"""Records that people write in YAML: held by pydantic to the fields of a dataclass, each fault told with its line."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, FiniteFloat, InstanceOf, Strict, TypeAdapter, ValidationError

from shortcase import scalars
from shortcase.errors import BadFile, nearest
from shortcase.places import place
from shortcase.scalars import shown
from shortcase.yaml_lines import Lined

T = TypeVar("T")


def _figure(value: object) -> object:
    if isinstance(value, bool):  # to Python, and so to pydantic, True is a 1
        raise ValueError(value)  # noqa: TRY004 - what pydantic takes for a refusal
    return scalars.number(value) if isinstance(value, str) else value


def _iso(value: object) -> str:
    return scalars.day(str(value)).isoformat()


Text = Annotated[str, Strict(), Field(pattern=r"\S")]
"""Words, one at least; a figure that stands where words should is refused."""
Figure = Annotated[FiniteFloat, BeforeValidator(_figure)]
"""A finite number."""
Day = Annotated[str, BeforeValidator(_iso)]
"""A date, kept as it is written: YYYY-MM-DD."""
Date = Annotated[dt.date, Strict()]
"""A date that YAML has read, so one without quotes."""
Words = Annotated[tuple[Text, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else None)]
"""A list of words."""
Choices = Annotated[Words, Field(min_length=1)]
"""A list of words, one at least."""
Listed = list[Any]
"""A list, whose entries are read one by one."""
Names = InstanceOf[Lined]
"""A mapping, read by itself."""

REFUSALS = {
    "Text": ("not words", "quote it"),
    "Figure": ("not a finite number", "write plain digits"),
    "Day": ("not a date", "write YYYY-MM-DD"),
    "Date": ("not a date", "write YYYY-MM-DD, without quotes"),
    "Words": ("no list of words", "write [one, other]"),
    "Choices": ("no list of words", "write [one, other]"),
    "Listed": ("not a list", "write each entry on a line of its own, after a hyphen"),
    "Names": ("not a list of names and values", "write each as name: value on a line of its own"),
}
"""What a field is not, by the name of its type, and how to put it right."""


@dataclass(frozen=True)
class About:
    """Whose record it is, in words, and where it begins."""

    whose: str
    path: Path
    line: int | None = None

    def __str__(self) -> str:
        # A name stays as it is written; words begin a sentence.
        return self.whose[:1].upper() + self.whose[1:] if " " in self.whose else self.whose

    def refused(self, what: str, mend: str | None = None, line: int | None = None) -> BadFile:
        """The refusal of the record, or of what stands in one of its lines."""
        return BadFile(what, where=place(self.path, line or self.line), mend=mend)


def record(kind: type[T], raw: object, about: About, given: Mapping[str, Any] = MappingProxyType({})) -> T:
    """The record in a mapping of a file; `given` fills the fields that the file does not say itself.

    Errors: BadFile with file and line for what is no mapping, or a field that is unknown, missing or of another type,
    looked for in this order.

    >>> @dataclass
    ... class Chip:
    ...     maker: Text
    ...     watts: Figure
    >>> record(Chip, Lined({"maker": "A", "watts": "700"}, {"maker": 1, "watts": 2}), About("the chip", Path("a.yml")))
    Chip(maker='A', watts=700.0)
    """
    types = {field.name: str(field.type) for field in dataclasses.fields(kind) if field.name not in given}  # type: ignore[arg-type]
    if not isinstance(raw, Lined):
        raise about.refused(f"{about} is {shown(raw)}, not a record", f"give it {', '.join(types)}")
    for field in raw:
        if field not in types:
            raise about.refused(f"{about} has an unknown field {shown(field)}", nearest(field, types), raw.lines[field])
    said = {field: value for field, value in raw.items() if value is not None}
    shape: Any = kind
    try:
        checked: T = _adapter(shape).validate_python({**said, **given})
    except ValidationError as error:
        wrong = {fault["loc"][0] for fault in error.errors()}
    else:
        return checked
    missing = [field for field in types if field in wrong and field not in said]
    if missing:
        raise about.refused(f"{about} does not say its {', '.join(missing)}", "add it")
    field = next(field for field in types if field in wrong)
    what, mend = REFUSALS[types[field].partition(" | ")[0]]
    if isinstance(raw[field], str) and not raw[field].strip():
        what, mend = "which says nothing", "write it out"
    raise about.refused(f"{field} of {about.whose} is {shown(raw[field])}, {what}", mend, raw.lines[field])


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
