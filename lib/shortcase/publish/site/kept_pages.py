"""Pages kept from the last rendering, so that a change of words reads and prints its own page alone.

Sphinx keeps what it has read and knows by a file's time what has changed since. Staged files are new in every build;
here a source is known by its content. A page is printed again where

- its source has changed, for then it is read again;
- a script or a style that it loads has changed, for it names that by its checksum;
- anything has that pages say of each other: a title, a heading, a citation, the place of a number.

Where anything else has changed that a page may show (the results, the contents, the configuration, the lib) nothing is
kept, and every page is made anew. So the site is that of a clean build, byte for byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcase.publish import files, fingerprint

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

HTML, DOCTREES = "html", "doctrees"
"""What Sphinx has printed, and what it has read."""
PROOF = "proof.json"
CARDS = "cards"
"""Pictures among the static files that belong to single pages, and are kept with them."""
LOADS = re.compile(r"_static/([^\"?#]+)\?v=([0-9a-f]{8})")
"""A file of the site's own that a page loads, with the checksum by which it names it."""


@dataclass(frozen=True)
class Kept:
    """The pages of the last rendering: where they lie, and the digest of all that every page rests on.

    fresh: every page is made anew, and kept for the next time.
    """

    folder: Path
    key: str
    fresh: bool = False

    def recall(self, room: Path) -> bool:
        """Copy what was kept into a room to work in; False where there is nothing whole under this key."""
        try:
            told = json.loads((self.folder / PROOF).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if self.fresh or told != self._proof():
            return False
        shutil.copytree(self.folder, room, ignore=shutil.ignore_patterns(PROOF))
        return True

    def keep(self, room: Path) -> None:
        """Keep what the room holds; the proof comes last. Where that fails, every page is made anew the next time."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            for file in (room / HTML / "_static").iterdir():  # Sphinx adds to what is there, and takes nothing away
                if file.name != CARDS:
                    files.remove(file)
            shutil.move(room, self.folder)
            files.write(self.folder / PROOF, json.dumps(self._proof()) + "\n")

    def _proof(self) -> dict[str, str]:
        return {"key": self.key, "content": fingerprint.files(self.folder, without=(Path(PROOF),))}


def as_if_old(stage: Path) -> None:
    """Give staged files one time, so that to Sphinx none is newer than what it has read."""
    for path in stage.rglob("*"):
        os.utime(path, (0, 0))


def connect(app: Sphinx) -> None:
    """Tell Sphinx what has changed."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed)
    app.connect("doctree-read", note)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", printed_again)


def begin(app: Sphinx) -> None:
    """Make room for what is known of each page."""
    env: Any = app.env
    if not hasattr(env, "kept_sources"):
        env.kept_sources, env.kept_named = {}, ""


def changed(app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages whose sources are no longer those that were read; the first where all are.

    For Sphinx puts the site's own files in place only where it prints a page.
    """
    del app, added, changed, removed
    return [page for page in env.found_docs if env.kept_sources.get(page) != _source(env, page)] or [
        env.config.root_doc
    ]


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the source of a page that has been read."""
    del doctree
    env: Any = app.env
    env.kept_sources[env.docname] = _source(env, env.docname)


def merge(app: Sphinx, env: Any, pages: Iterable[str], other: Any) -> None:
    """Gather what a parallel reader has noted."""
    del app
    env.kept_sources |= {page: other.kept_sources[page] for page in pages}


def printed_again(app: Sphinx, env: Any) -> list[str]:
    """The pages to be printed though they were not read: all, or those that load what has changed."""
    now = hashlib.sha256("\n".join(sorted(_named(env))).encode()).hexdigest()
    before, env.kept_named = env.kept_named, now
    if now != before:
        return sorted(env.found_docs)
    builder: Any = app.builder
    sums = _checksums(app)
    return [page for page in sorted(env.found_docs) if _loads_changed(Path(builder.get_outfilename(page)), sums)]


def _source(env: Any, page: str) -> str:
    return fingerprint.digest(env.doc2path(page))


def _named(env: Any) -> Iterator[str]:
    """What pages show of each other: titles, headings by which a link is worded, labels, citations, numbers' places."""
    from shortcase.publish.site.terms import WORDS  # noqa: PLC0415 - within Sphinx, which no other process here loads

    for page in sorted(env.found_docs):
        yield f"{page} {env.titles[page].pformat()}"
        slugs = env.metadata[page].get("myst_slugs", {})
        yield repr(sorted((slug, told[1:]) for slug, told in slugs.items()))
        yield repr(sorted(number for number, pages in env.bound_anchors.items() if page in pages))
        if page.rpartition("/")[2] == WORDS:
            yield _source(env, page)  # its meanings open on every chapter
    standard = env.domaindata["std"]
    yield repr(sorted(standard["labels"].items()))
    yield repr(sorted(standard["anonlabels"].items()))
    for one in env.domaindata.get("cite", {}).get("citations", ()):
        yield f"{one.key} {one.bibliography_key} {one.formatted_entry.label} {one.entry!r}"


def _checksums(app: Sphinx) -> dict[str, str]:
    """Each of the site's own files as a page names it, by where it will lie; a later folder's takes the place."""
    builder: Any = app.builder
    themes = [Path(folder) / "static" for folder in reversed(builder.theme.get_theme_dirs())]
    folders = [*themes, *(Path(app.confdir) / name for name in app.config.html_static_path)]
    every = [(file, file.relative_to(folder).as_posix()) for folder in folders for file in sorted(folder.rglob("*"))]
    return {name: _checksum(file) for file, name in every if file.suffix in (".js", ".css")}


def _checksum(file: Path) -> str:
    """As Sphinx has it: of the content without carriage returns."""
    content = file.read_bytes().replace(b"\r", b"")
    return f"{zlib.crc32(content):08x}"


def _loads_changed(page: Path, sums: Mapping[str, str]) -> bool:
    loaded = LOADS.findall(page.read_text(encoding="utf-8")) if page.is_file() else [("", "")]
    return any(sums.get(name) != was for name, was in loaded)
