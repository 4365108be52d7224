"""The Sphinx extension of the book: figures bound to results, verdict badges, generated pages, and local scripts.

It reads one file, `values.json` in the source folder, which the press writes; `_config.yml` names it under
`extra_extensions: [shortcase.publish.site.extension]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from shortcase.errors import BadFile
from shortcase.publish import address
from shortcase.publish.site import (
    cards,
    citations,
    code_colours,
    formulas,
    kept_pages,
    live_scripts,
    status_page,
    taken_along,
    terms,
)
from shortcase.publish.site.directives import DIRECTIVES, fill
from shortcase.publish.site.doctree import (
    CalculationsLast,
    PaperPictures,
    check_ids,
    kept_together,
    number_anchors,
    stable_headings,
)
from shortcase.publish.site.nodes import (
    Links,
    bound,
    bound_page,
    choice,
    depart_choice,
    depart_html,
    depart_other,
    depart_plain,
    other_wording,
    skip,
    traces,
    visit_choice,
    visit_html,
    visit_other,
    visit_plain,
)
from shortcase.publish.site.roles import TABLES, BoundRole, When
from shortcase.publish.site.screen_reader import headings, names
from shortcase.publish.site.search import carried as search
from shortcase.publish.site.side_by_side import SideBySide
from shortcase.publish.site.switch import styles, switch

LOG = logging.getLogger(__name__)
HERE = Path(__file__).parent
THEME = "shortcase"
STYLES = re.compile(r"/(pygments|basic|mystnb\.\w+)\.css$")
SCRIPTS = re.compile(r"/(documentation_options|doctools|sphinx_highlight)\.js$")
USED = {"/charts.js": '<figure class="vl"', "/filters.js": '<form class="filters"'}
"""Scripts of the book that single pages use, and what they have then."""
PARTS = ("num", "par", "stated", "claim", "fact")


class Results(dict[str, Any]):
    """The results of this build: read anew for each, so that no copy of them is kept with the pages."""

    def __reduce__(self) -> tuple[type[Results], tuple[()]]:
        """An empty copy."""
        return (Results, ())


def load(app: Sphinx) -> None:
    """Read the results of this build.

    Errors: BadFile where the file is missing or is not what the press writes.
    """
    name = str(app.config.bound_values_file)
    path = Path(app.srcdir) / name
    try:
        values = Results(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise BadFile(f"The results of the build cannot be read: {error}", where=name, mend="run make book") from None
    missing = [part for part in PARTS if not isinstance(values.get(part), dict)]
    if missing:
        raise BadFile(f"The results of the build have no {', '.join(missing)}", where=name, mend="run make book")
    env: Any = app.env
    env.bound_values = values
    own = (book["path"] for book in values.get("among", {}).get("books", ()) if book["name"] == values["scenario"])
    app.config.html_baseurl = address.joined(str(app.config.html_baseurl), next(own, ""))
    if not hasattr(env, "bound_used"):
        env.bound_used, env.bound_anchors = {}, {}


SILENT = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
"""Extensions that Jupyter Book brings and that forget to say that pages may be read in parallel.

The one numbers sections once all pages have been read, as Sphinx does; the other has nothing to do with HTML.
"""


def purge(app: Sphinx, env: Any, docname: str) -> None:
    """Forget a page that will be read again."""
    del app
    env.bound_used.pop(docname, None)
    for pages in env.bound_anchors.values():
        pages.discard(docname)


def merge(app: Sphinx, env: Any, docnames: Iterable[str], other: Any) -> None:
    """Gather what a parallel reader found."""
    del app, docnames
    env.bound_used.update(other.bound_used)
    for number, pages in other.bound_anchors.items():
        env.bound_anchors.setdefault(number, set()).update(pages)


def report_unused(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each recorded number that no page shows: it may be stale or forgotten."""
    del app
    found: Any = env
    shown = {key for used in found.bound_used.values() for table, key in used if table == "num"}
    for key, row in sorted(found.bound_values["num"].items()):
        if key not in shown and not row.get("in_code"):
            LOG.warning(
                "The number %s (%s), recorded in %s, is shown on no page. "
                "To put it right: show it with {num}`%s`, or do not record it.",
                key, row["text"], row.get("chapter"), key, type="bound", subtype="unused",
            )  # fmt: skip


def own_frame(app: Sphinx, config: Any) -> None:
    """The book's own frame and formulas; Jupyter Book's options are those of the theme that it brings."""
    config.templates_path.append(str(HERE / "templates"))
    config.html_theme_options = {}
    config.html_baseurl = address.joined(address.asked() or str(config.html_baseurl))
    config.html_math_renderer = formulas.NAME
    config.html_permalinks_icon = "#"
    config.html_use_index = False
    code_colours.use(app)
    citations.use(app)
    for name in SILENT:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def no_figure_numbers(app: Sphinx, config: Any) -> None:
    """Number no figures: sphinx-jupyterbook-latex sets it for every builder, and each page would be gone through."""
    del app
    config.numfig = False


def said_once(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """The title page is called what the book is; its window says so once."""
    del page, template, doctree
    if context.get("title") == app.config.html_title:
        context["docstitle"] = ""


def asked_for(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out what a page has no use for: scripts and styles of Sphinx and MyST-NB, of charts, of filters.

    The search alone uses Sphinx's scripts.
    """
    del app, template, doctree
    context["css_files"] = [file for file in context["css_files"] if not STYLES.search(str(file.filename))]
    if page != "search":
        context["script_files"] = [file for file in context["script_files"] if not SCRIPTS.search(str(file.filename))]
    idle = [script for script, used in USED.items() if used not in context.get("body", "")]
    context["script_files"] = [file for file in context["script_files"] if not str(file.filename).endswith(tuple(idle))]


def behind(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """The traces behind the figures of a page, each once, after its text."""
    del template
    if doctree is None:
        context["traces"] = ""
        return
    words = terms.meanings(doctree, Links(app.builder, page)(terms.WORDS, ""))
    context["traces"] = traces(app.builder, page, doctree) + words


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.add_config_value("bound_values_file", "values.json", "")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book sets it for an extension that the book leaves out
    plain = (visit_plain, depart_plain)
    app.add_node(bound, html=(visit_html, depart_html), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(choice, html=(visit_choice, depart_choice), latex=plain, text=plain, man=plain, texinfo=plain)
    away = (skip, None)
    app.add_node(other_wording, html=(visit_other, depart_other), latex=away, text=away, man=away, texinfo=away)
    app.add_node(bound_page)
    app.add_node(
        terms.term_use, html=(terms.visit_use, terms.depart_use), latex=plain, text=plain, man=plain, texinfo=plain
    )
    for name in TABLES:
        app.add_role(name, BoundRole())
    app.add_role("when", When())
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_post_transform(PaperPictures)
    app.add_post_transform(CalculationsLast)
    formulas.register(app)
    app.add_builder(SideBySide, override=True)
    app.add_html_theme(THEME, str(HERE / "theme"))
    app.add_js_file("page.js", defer="defer")  # before the scripts of the live pages, which load others by its loader
    app.connect("config-inited", own_frame)
    app.connect("config-inited", no_figure_numbers, priority=900)  # once that extension has spoken
    app.connect("config-inited", lambda app, _: names(app))
    app.connect("builder-inited", load)
    app.connect("builder-inited", citations.remember)
    app.connect("builder-inited", live_scripts.write_scripts)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", report_unused)
    kept_pages.connect(app)
    app.connect("doctree-read", stable_headings, priority=100)  # before the contents are collected
    app.connect("doctree-read", check_ids)
    app.connect("doctree-read", number_anchors)
    search.connect(app)
    app.connect("write-started", terms.read_list)
    app.connect("doctree-resolved", fill)
    app.connect("doctree-resolved", terms.link_first_uses)
    app.connect("doctree-resolved", kept_together)
    app.connect("html-page-context", said_once)
    app.connect("html-page-context", headings)
    app.connect("html-page-context", behind)
    app.connect("html-page-context", taken_along.about)
    app.connect("html-page-context", cards.tell)
    app.connect("html-page-context", asked_for, priority=900)  # once everybody has asked
    app.connect("html-page-context", live_scripts.load_scripts)
    app.connect("html-page-context", status_page.scripts)
    app.connect("html-page-context", switch)
    app.connect("html-page-context", styles)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
