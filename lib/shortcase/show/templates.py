"""HTML by templates: files that lie beside the code that fills them, each value escaped, none left out by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

HERE = Path(__file__).parent
"""The folder of the templates that a chapter's own outputs are written with."""
BESIDE_A_TAG = re.compile(r"^\s*\n\s*|\s*\n\s*$|(?<=>)\s*\n\s*|\s*\n\s*(?=<)")
IN_TEXT = re.compile(r"\s*\n\s*")


class LineBreaks(Extension):
    """A line break in a template is for who reads the template: nothing beside a tag, and a space within words."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The template's tokens, those of its text without breaks and indentation."""
        for token in stream:
            if token.type != "data":
                yield token
            elif text := unbroken(token.value):
                yield Token(token.lineno, token.type, text)


def unbroken(text: str) -> str:
    r"""A piece of a template between two of Jinja's tags on one line.

    >>> unbroken("<p>\n  Two words\n  and more\n</p>\n")
    '<p>Two words and more</p>'
    """
    return IN_TEXT.sub(" ", BESIDE_A_TAG.sub("", text))


class Templates:
    """The templates of one or more folders, which may import one another by name.

    A value is escaped unless it is Markup; a name that is not given is an error (jinja2.UndefinedError), not a blank.
    """

    def __init__(self, *folders: Path, **filters: Any) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folders), extensions=[LineBreaks], autoescape=True, undefined=StrictUndefined
        )
        self._environment.filters.update(filters)

    def ready(self) -> None:
        """Read every template now, for processes that are copied from this one."""
        for name in self._environment.list_templates(["html"]):
            self._environment.get_template(name)

    def fill(self, name: str, **values: object) -> Markup:
        """A whole template, filled."""
        return Markup(self._environment.get_template(name).render(values))  # noqa: S704 - the template has escaped it

    def parts(self, name: str) -> Any:
        """The macros of a template as functions that return Markup: `parts("table.html").scroll(…)`."""
        return self._environment.get_template(name).module
