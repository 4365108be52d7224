"""The script that carries what can be found: loaded at the first search, and read without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from shortcase.publish.site.nodes import page_named
from shortcase.publish.site.search.gathered import Entry, entries

FILE = Path("_static") / "search" / "index.js"
KINDS = ("section", "chart", "table", "parameter", "claim", "facts", "word")
LISTS = ("parameters", "scorecard", "facts")
"""Generated pages: their entries come from the results of the build, their own sections add nothing."""
WAYS = (*LISTS, "words")
"""Where to look without scripts."""
SPHINXS = ("_static/searchtools.js", "_static/language_data.js")
"""Files of Sphinx's own search, which drops figures and knows no sections."""
TITLE = re.compile("\x00(.*?)\x00")
ADDRESS = re.compile(r"https?://\S+")


def connect(app: Sphinx) -> None:
    """Take the place of Sphinx's search."""
    app.connect("builder-inited", without_sphinxs)
    app.connect("doctree-read", gather)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("html-page-context", page)
    app.connect("build-finished", write)


def without_sphinxs(app: Sphinx) -> None:
    """Let Sphinx index nothing, and neither read nor write an index."""
    env: Any = app.env
    env.searchable = getattr(env, "searchable", {})
    if app.builder.format == "html":
        builder: Any = app.builder
        builder.index_page = lambda *_: None
        builder.load_indexer = lambda _: None
        builder.dump_search_index = lambda: None


def page(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """What the page of the search says without scripts."""
    del template, doctree
    if name == "search":
        found = [page_named(app.env, way) for way in WAYS]
        context["title"] = "Search"
        context["ways"] = [(doc, app.env.titles[doc].astext()) for doc in found if doc]


def gather(app: Sphinx, document: nodes.document) -> None:
    """Keep what can be found on a page that has been read."""
    env: Any = app.env
    env.searchable[env.docname] = [asdict(entry) for entry in entries(document, env.docname)]


def forget(app: Sphinx, env: Any, name: str) -> None:
    """Let go of a page that will be read again."""
    del app
    getattr(env, "searchable", {}).pop(name, None)


def merge(app: Sphinx, env: Any, pages: Iterable[str], other: Any) -> None:
    """Gather what a parallel reader found."""
    del app
    env.searchable |= {page: other.searchable[page] for page in pages if page in other.searchable}


def write(app: Sphinx, error: Exception | None) -> None:
    """Put the script beside the pages, once they are written."""
    if error is None and app.builder.format == "html":
        for name in SPHINXS:
            (Path(app.outdir) / name).unlink(missing_ok=True)
        path = Path(app.outdir) / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script(app.builder, app.env), encoding="utf-8")


def script(builder: Any, env: BuildEnvironment) -> str:
    """The pages in their order, and every entry: kind, page, address on it, title, heading above it, parts."""
    found: Any = env
    pages = sorted(found.searchable, key=_order(found.bound_values.get("page", {})))
    at = {page: i for i, page in enumerate(pages)}
    titles = {page: env.titles[page].astext() for page in pages}

    def told(text: str) -> str:
        return TITLE.sub(lambda match: titles.get(page_named(env, match[1]) or "", match[1]), text)

    rows = [
        [KINDS.index(entry.kind), at[page], entry.anchor, told(entry.title), told(entry.under),
         [[anchor, told(text)] for anchor, text in entry.parts], *([entry.claims] if entry.claims else [])]
        for page, entry in _all(env, pages)
    ]  # fmt: skip
    said = {"kinds": KINDS, "pages": [[builder.get_target_uri(page), titles[page]] for page in pages], "entries": rows}
    return f"shortcase.searchable({json.dumps(said, ensure_ascii=False, separators=(',', ':'))});\n"


def _order(known: Mapping[str, Any]) -> Any:
    return lambda page: (known.get(page.rpartition("/")[2], {}).get("order", len(known)), page)


def _all(env: Any, pages: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    for page in pages:
        if page.rpartition("/")[2] not in LISTS:
            for row in env.searchable[page]:
                yield page, Entry(**row)
    values = env.bound_values
    listed = {"parameters": _parameters, "scorecard": _claims, "facts": _tables}
    for name, rows in listed.items():
        place = page_named(env, name)
        if place is not None:
            yield from ((place, entry) for entry in rows(values))


def _parameters(values: Mapping[str, Any]) -> Iterator[Entry]:
    for name, row in values["par"].items():
        essay = f"the essay’s {row['essay_text']}" if row["essay_text"] else ""
        span = f"{row['low_text']} to {row['high_text']}" if row["low_text"] else ""
        told = "; ".join(filter(None, [span, essay, row["source"], row["note"], name]))
        yield Entry("parameter", f"par-{name}", row["label"], row["text"], [("", told)])


def _claims(values: Mapping[str, Any]) -> Iterator[Entry]:
    for name, row in values["claim"].items():
        stated = f"the essay says {row['stated_text']}" if row["stated_text"] else ""
        computed = f"computed {row['computed_text']}" if row["computed_text"] else ""
        told = "; ".join(filter(None, [stated, computed]))
        yield Entry("claim", name, row["paraphrase"], row["verdict"], [("", told)])


def _tables(values: Mapping[str, Any]) -> Iterator[Entry]:
    for name, row in values.get("table", {}).items():
        columns = (column["about"] for column in row["columns"])
        sources = (ADDRESS.sub("", source["source"]) for source in row["sources"])
        rows = (shown["id"].replace("_", " ") for shown in row["preview"])
        told = "; ".join(filter(None, [name.replace("_", " "), *rows, *columns, *sources]))
        yield Entry("facts", f"table-{name}", row["title"], f"{row['rows']} rows", [("", told)])
