"""YAML that remembers where each key stands and refuses what plain YAML lets pass: duplicate keys, tabs, tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from shortcase.errors import BadFile
from shortcase.places import place, text


class Lined(dict[str, Any]):
    """A mapping that knows the line of each of its keys."""

    def __init__(self, values: dict[str, Any], lines: dict[str, int]) -> None:
        super().__init__(values)
        self.lines = lines


SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C where there is one, which is ten times as fast."""


class _Loader(SAFE_LOADER):  # type: ignore[misc]
    place: str


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = loader.construct_object(key_node, deep=True), key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise BadFile(f"The key {key!r} is not a word", where=f"{loader.place}:{line}", mend="quote it")
        if key in values:
            raise BadFile(
                f"{key} stands twice",
                where=f"{loader.place}:{line}",
                mend=f"keep one of the two (the first is in line {lines[key]})",
            )
        values[key], lines[key] = loader.construct_object(value_node, deep=True), line
    return Lined(values, lines)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(path: Path) -> Lined:
    """The mapping in a YAML file.

    Errors: BadFile with file and line for a tab, broken YAML, a duplicate key, an anchor, a tag, or no mapping at all;
    or where the file is not there or not UTF-8.
    """
    written = text(path)
    for number, content in enumerate(written.splitlines(), start=1):
        if "\t" in content[: len(content) - len(content.lstrip())]:
            raise BadFile("A tab indents the line", where=place(path, number), mend="use spaces")
    loader = _Loader(written)
    loader.place = place(path)
    try:
        for event in yaml.parse(written, Loader=SAFE_LOADER):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1 if event.start_mark else None
                raise BadFile("Anchors and aliases are refused", where=place(path, line), mend="write the value out")
        found = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        broken = mark.line + 1 if mark is not None else None
        raise BadFile(
            f"Broken YAML: {error.problem}",
            where=place(path, broken),
            mend="look for a missing colon, quote or space in that line or the one above",
        ) from None
    except yaml.YAMLError as error:
        raise BadFile(f"Broken YAML: {error}", where=place(path)) from None
    finally:
        loader.dispose()
    if not isinstance(found, Lined):
        raise BadFile("The file holds no mapping of names to values", where=place(path))
    return found
