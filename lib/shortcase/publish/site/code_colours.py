"""Code in four colours: an element for what is coloured, none for the rest, which is most of it.

Strings are not: a chapter's code is half words, and their elements would be a tenth of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Number, Operator, Text, _TokenType
from sphinx.highlighting import PygmentsBridge

COLOURED: tuple[tuple[Any, _TokenType], ...] = (
    (Keyword, Keyword),
    (Operator.Word, Keyword),
    (Comment, Comment),
    (Number, Number),
    (Name.Function, Name.Function),
    (Name.Class, Name.Function),
)
"""Kinds of words, and the kind whose colour (in frame.css) they take."""


def coloured(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[tuple[_TokenType, str]]:
    r"""The words of a lexer with the kinds that have a colour; anything else is plain text.

    >>> from pygments.lexers import PythonLexer
    >>> list(coloured(PythonLexer().get_tokens("x = 2")))
    [(Token.Text, 'x = '), (Token.Literal.Number, '2'), (Token.Text, '\n')]
    """
    kind, words = Text, ""
    for token, text in tokens:
        now = next((as_kind for part, as_kind in COLOURED if token in part), Text)
        if now is not kind and words:
            yield kind, words
            words = ""
        kind, words = now, words + text
    if words:
        yield kind, words


class FewElements(HtmlFormatter[str]):
    """Pygments' HTML, of words in few colours."""

    def format_unencoded(self, tokensource: Any, outfile: Any) -> None:
        """Write the words with the kinds that have a colour."""
        super().format_unencoded(coloured(tokensource), outfile)


def use() -> None:
    """Have Sphinx write code so, in the process that renders."""
    setattr(PygmentsBridge, "html_formatter", FewElements)  # noqa: B010 - Pygments' stubs fix the type of its words
