"""YAML that remembers where each key stands and refuses what plain YAML lets pass: duplicate keys, tabs, tags."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import yaml

from shortcase.errors import BadFile
from shortcase.places import place, text
from shortcase.scalars import DAY, NUMBER, shown


class Lined(dict[str, Any]):
    """A mapping that knows the line of each of its keys."""

    def __init__(self, values: dict[str, Any], lines: dict[str, int]) -> None:
        super().__init__(values)
        self.lines = lines


SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C where there is one, which is ten times as fast."""
DEEPEST = 12
"""How deep lists and mappings may lie in one another; what is deeper is no file of this book."""
LONGEST = 1_000_000
"""Characters of a file at most, ten times as many as the longest has."""
WORDS = yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
"""A whole number; with a zero before it, it would be octal to YAML."""
PLAIN = {
    "int": (WHOLE, "is not a finite number", "write plain digits, or quote it where it is a word"),
    "float": (NUMBER, "is not a finite number", "write plain digits, or quote it where it is a word"),
    "timestamp": (DAY, "is not a date", "write a day of the calendar as YYYY-MM-DD"),
}
"""Values that YAML takes for more than words: the one form in which each is written, and what is told of others.

YAML itself reads 1_000, 0x1F, 010 and 1:30 as numbers, which whoever wrote them may not have meant.
"""


class _Loader(SAFE_LOADER):  # type: ignore[misc]
    place: str

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT002 - PyYAML's signature
        if not isinstance(node, yaml.ScalarNode):
            return super().construct_object(node, deep=deep)
        if node.tag == WORDS:  # most of a file, and nothing of it can fail
            return node.value
        form, wrong, mend = PLAIN.get(node.tag.rpartition(":")[2], (None, "cannot be read", "quote it"))
        if form is None or form.fullmatch(node.value):
            with contextlib.suppress(ValueError, TypeError, KeyError, OverflowError):
                return super().construct_object(node, deep=deep)
        where = f"{self.place}:{node.start_mark.line + 1}"
        raise BadFile(f"{shown(node.value)} {wrong}", where=where, mend=mend)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = loader.construct_object(key_node, deep=True), key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise BadFile(f"The key {shown(key)} is not a word", where=f"{loader.place}:{line}", mend="quote it")
        if key in values:
            raise BadFile(
                f"{key[:60]} stands twice",
                where=f"{loader.place}:{line}",
                mend=f"keep one of the two (the first is in line {lines[key]})",
            )
        values[key], lines[key] = loader.construct_object(value_node, deep=True), line
    return Lined(values, lines)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> Lined:
    """The mapping in a YAML file.

    Errors: BadFile with file and line for a tab, broken YAML, a duplicate key, an anchor, a tag, a number or date in
    another form than the book's, a file too long or nested too deep, or no mapping at all; or where the file is not
    there or not UTF-8.
    """
    written = text(path)
    if len(written) > LONGEST:
        what = f"The file has {len(written):,} characters, more than {LONGEST:,}"
        raise BadFile(what, where=place(path, 1), mend="take out what is no part of it")
    for number, content in enumerate(written.split("\n"), start=1):
        if "\t" in content[: len(content) - len(content.lstrip(" \t"))]:
            raise BadFile("A tab indents the line", where=place(path, number), mend="use spaces")
    try:
        _allowed(written, path)
        loader = _Loader(written)
        loader.place = place(path)
        try:
            found = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise BadFile(
            f"Broken YAML: {error.problem}",
            where=place(path, mark.line + 1 if mark is not None else 1),
            mend="look for a missing colon, quote or space in that line or the one above",
        ) from None
    except yaml.reader.ReaderError as error:
        line = written.count("\n", 0, error.position) + 1
        mend = "take out the character that cannot be printed"
        raise BadFile(f"Broken YAML: {error.reason}", where=place(path, line), mend=mend) from None
    if not isinstance(found, Lined):
        mend = "write each as name: value on a line of its own"
        raise BadFile("The file holds no mapping of names to values", where=place(path, 1), mend=mend)
    return found


def _allowed(written: str, path: Path) -> None:
    """Refuse what would be built before it could be looked at: references, types of its own, a nest without end."""
    depth = 0
    for event in yaml.parse(written, Loader=SAFE_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadFile("Anchors and aliases are refused", where=place(path, line), mend="write the value out")
        if tag:
            raise BadFile(f"The tag {shown(tag)} is refused", where=place(path, line), mend="take it out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            what = f"Lists and mappings lie more than {DEEPEST} deep in one another"
            raise BadFile(what, where=place(path, line), mend="look for a bracket that is not closed")
