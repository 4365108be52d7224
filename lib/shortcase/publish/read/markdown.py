"""A page's Markdown taken apart: prose, roles, mathematics, alt texts and options, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

VERBATIM = {
    "bibliography", "code", "code-block", "code-cell", "csv-table", "eval-rst", "include", "literalinclude",
    "raw", "raw-cell", "tableofcontents", "toctree",
}  # fmt: skip
"""Directives whose body is not prose."""
PATH_ARGUMENT = {"figure", "image", "figure-md", "anywidget"}
"""Directives whose argument is a file."""
READER_OPTIONS = {"alt", "caption", "title"}
"""Options that a reader sees."""
INLINE = "inline"
"""Name of a formula that stands in a sentence."""
MASK = "\ufffc"
"""Stands in a prose piece where a role, a code span or a formula stands in the page."""
DIRECTIVE = re.compile(r"\{([^}\s]+)\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):\s*(.*)")


@dataclass(frozen=True)
class Piece:
    """One piece of a page.

    `kind` is prose, role, math, alt, option, front_matter or trap; `name` is the role's or the option's name, or
    says of a formula that it stands in a sentence.
    """

    kind: str
    text: str
    line: int
    name: str = ""


def pieces(text: str, first_line: int = 1) -> Iterator[Piece]:
    """All pieces of a Markdown text, in order; the bodies of directives are taken apart, too.

    >>> [(p.kind, p.text) for p in pieces("It gains {num}`gain` in $x^2$ [here](a2.md).")]
    [('role', 'gain'), ('math', 'x^2'), ('prose', 'It gains \ufffc in \ufffc here.')]
    """
    yield from _traps(text, first_line)
    line = first_line
    for token in _parser().parse(text):
        if token.map:
            line = first_line + token.map[0]
        if token.type == "inline":
            yield from _inline(token.children or [], line)
        elif token.type in ("fence", "colon_fence"):
            yield from _fence(token, line)
        elif token.type in ("math_block", "math_block_label", "amsmath"):
            yield Piece("math", token.content, line)
        elif token.type == "html_block":
            yield Piece("prose", _visible(token.content), line)
        elif token.type == "front_matter":
            yield Piece("front_matter", token.content, line)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - not needed by an unchanged build
    from mdit_py_plugins.colon_fence import colon_fence_plugin  # noqa: PLC0415
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_blocks import myst_block_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_role import myst_role_plugin  # noqa: PLC0415

    return (
        MarkdownIt("commonmark")
        .enable("table")
        .use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
        .use(footnote_plugin, inline=False, move_to_end=False)
        .use(deflist_plugin)
        .use(dollarmath_plugin, allow_digits=False)
        .use(colon_fence_plugin)
    )


def _inline(children: Sequence[Token], line: int) -> Iterator[Piece]:
    prose, start, autolink = "", line, False
    for token in children:
        if token.type.startswith("link_"):
            autolink = token.type == "link_open" and token.markup == "autolink"
            prose += MASK if autolink else ""
        elif token.type in ("softbreak", "hardbreak"):
            prose += "\n"
            line += 1
        elif token.type == "text":
            prose += "" if autolink else token.content
        elif piece := _embedded(token, line):
            yield piece
            prose += MASK if piece.kind != "alt" else ""
        elif token.type in ("code_inline", "footnote_ref"):
            prose += MASK
    if prose.strip(MASK + " \n"):
        yield Piece("prose", prose, start)


def _embedded(token: Token, line: int) -> Piece | None:
    if token.type == "myst_role":
        return Piece("role", token.content, line, str(token.meta["name"]))
    if token.type.startswith("math_inline"):
        return Piece("math", token.content, line, INLINE)
    return Piece("alt", token.content, line) if token.type == "image" else None


def _fence(token: Token, line: int) -> Iterator[Piece]:
    directive = DIRECTIVE.match(token.info.strip())
    if not directive or directive[1] in VERBATIM:
        return
    name, argument = directive[1], directive[2].strip()
    if argument and name not in PATH_ARGUMENT:
        yield from pieces(argument, line) if name != "math" else iter([Piece("math", argument, line)])
    body = token.content.splitlines()
    taken, options = _options(body)
    for offset, option, value in options:
        yield Piece("option", value, line + 1 + offset, option)
    rest = "\n".join(body[taken:])
    if name == "math":
        yield Piece("math", rest, line + 1 + taken)
    else:
        yield from pieces(rest, line + 1 + taken)


def _options(body: Sequence[str]) -> tuple[int, list[tuple[int, str, str]]]:
    """How many lines of a directive's body are options, and each option's line, name and value."""
    found: list[tuple[int, str, str]] = []
    if body and body[0].strip() == "---":
        end = next((i for i, text in enumerate(body[1:], start=1) if text.strip() == "---"), len(body) - 1)
        for offset, text in enumerate(body[1:end], start=1):
            key, colon, value = text.partition(":")
            found.append((offset, key.strip(), value.strip()) if colon else (offset, "", text.strip()))
        return end + 1, found
    taken = 0
    while taken < len(body) and (option := OPTION.match(body[taken])):
        found.append((taken, option[1], option[2]))
        taken += 1
    return taken, found


def _traps(text: str, first_line: int) -> Iterator[Piece]:
    """Lines that look like a directive and are none: a backtick fence may hold no backtick in its first line."""
    closing = ""
    for number, raw in enumerate(text.splitlines(), start=first_line):
        line = raw.strip()
        mark = re.match(r"(`{3,}|~{3,}|:{3,})(.*)", line)
        if not mark:
            continue
        if closing:
            if line.startswith(closing) and not line.strip(closing[0]):
                closing = ""
        elif mark[1][0] == "`" and "`" in mark[2]:
            if mark[2].lstrip().startswith("{"):
                yield Piece("trap", line, number)
        elif mark[1][0] != ":":
            closing = mark[1]


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.hidden = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        self.text += re.sub(r"[^\n]", " ", data) if self.hidden else data


def _visible(html: str) -> str:
    parser = _Visible()
    parser.feed(html)
    return parser.text
