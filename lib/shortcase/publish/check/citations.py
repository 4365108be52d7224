"""Whether every work that a page cites is in the book's list of references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from shortcase.errors import ADD, BadFile, BadSource, ShortcaseError, nearest
from shortcase.places import place, text
from shortcase.publish.read.pages import Page
from shortcase.publish.read.roles import citations

REFERENCES = Path("book") / "references.bib"
ENTRY = re.compile(r"^@(?!comment|string|preamble)\w+\s*\{\s*([^\s,}]+)\s*,", re.MULTILINE | re.IGNORECASE)
LISTED = re.compile(r"^(`{3,}|:{3,})\{bibliography\}(.*?)^\1", re.MULTILINE | re.DOTALL)
PREFIX = re.compile(r"^:keyprefix:\s*(\S+)", re.MULTILINE)
"""What a page's own bibliography puts before each key, so that two pages may cite one work."""


def problems(root: Path, pages: Sequence[Page]) -> Iterator[ShortcaseError]:
    """Citations of what is not listed, or under another prefix than the page's; entries that stand twice."""
    keys = dict[str, int]()
    path = root / REFERENCES
    written = text(path) if path.is_file() else ""
    for found in ENTRY.finditer(written):
        line = written.count("\n", 0, found.start()) + 1
        if found[1] in keys:
            mend = f"keep one of the two (the first is in line {keys[found[1]]})"
            yield BadFile(f"The reference {found[1]} stands twice", where=place(path, line), mend=mend)
        keys.setdefault(found[1], line)
    for page in pages:
        yield from _of_page(page, list(keys))


def _of_page(page: Page, keys: Sequence[str]) -> Iterator[ShortcaseError]:
    lists = [found[2] for found in LISTED.finditer(page.text)]
    prefixes = ["".join(PREFIX.findall(body)) for body in lists]
    listed = {prefix + key for prefix in prefixes for key in keys}
    for key, line in citations(page):
        if key in listed:
            continue
        where = page.at(line)
        if not lists:
            mend = "end the page with a {bibliography}, as the chapters do"
            yield BadSource(f"The page cites {key} and lists no references", where=where, mend=mend)
            continue
        bare = key if key in keys else key.partition("-")[2]
        mend = f"write {prefixes[0]}{bare}" if bare in keys else nearest(key, listed, new=ADD["reference"])
        yield BadSource(f"There is no reference {key!r}", where=where, mend=mend)
