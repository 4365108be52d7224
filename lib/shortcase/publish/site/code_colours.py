"""Code in four colours: an element for what is coloured, none for the rest, which is most of it.

Strings are not: a chapter's code is half words, and their elements would be a tenth of a page.

Pygments' lexer of Python tells sixty kinds of words apart, of which the book colours four; one expression finds these
in a thirteenth of the time. What stands within the braces of a formatted string is left to Pygments.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Text, _TokenType
from sphinx.application import Sphinx
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
DIGITS = r"\d(?:_?\d)*"
BETWEEN_QUOTES = r"""(?:'''(?:[^\\]|\\.)*?'''|\"""(?:[^\\]|\\.)*?\"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
WORDS = re.compile(
    rf"""
      (?P<comment>\#[^\n]*)
    | (?P<string>(?:[bru]|br|rb)?{BETWEEN_QUOTES})
    | (?P<formatted>(?:f|fr|rf){BETWEEN_QUOTES})
    | (?P<defined>(?<=\bdef[ ])\w+|(?<=\bclass[ ])\w+)
    | (?P<keyword>\b(?-i:yield[ ]from|{"|".join(keyword.kwlist)})\b)
    | (?P<name>[^\W\d]\w*)
    | (?P<number>0x(?:_?[\da-f])+|0b(?:_?[01])+|0o(?:_?[0-7])+
        |(?:{DIGITS}\.?(?:{DIGITS})?|\.{DIGITS})(?:e[+-]?{DIGITS})?j?)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""The words of Python that may have a colour, and those that hide such a word: strings, and names."""
KINDS = {"comment": Comment, "keyword": Keyword, "number": Number, "defined": Name.Function}
OF_NOTEBOOKS = "ipython3"
"""What a notebook says its cells are written in."""


class FewWords(Lexer):
    r"""Python, of which only what has a colour is told apart.

    >>> [word for _, word in FewWords().get_tokens("if x2 > 1e-3: y = f'{x2 * 10:.1f}'  # 10") if word.strip()]
    ['if', ' x2 > ', '1e-3', ': y = ', 'f', "'", '{', 'x2', '*', '10', ':', '.1f', '}', "'", '# 10']
    """

    name = "Python in few words"

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Where each word begins, its kind, and the word."""
        formatted, done = PythonLexer(), 0
        for found in WORDS.finditer(text):
            kind, (begins, ends) = found.lastgroup or "", found.span()
            if kind in ("name", "string"):
                continue
            if done < begins:
                yield done, Text, text[done:begins]
            if kind == "formatted":
                yield from (
                    (begins + at, token, word) for at, token, word in formatted.get_tokens_unprocessed(found[0])
                )
            else:
                yield begins, KINDS[kind], found[0]
            done = ends
        if done < len(text):
            yield done, Text, text[done:]


def coloured(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[tuple[_TokenType, str]]:
    r"""The words of a lexer with the kinds that have a colour; anything else is plain text.

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


class Bridge(PygmentsBridge):
    """Sphinx's way to Pygments, with one formatter for all blocks that are written alike.

    Each new one would set up the whole style sheet, of which the book uses nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, FewElements] = {}

    def get_formatter(self, **options: Any) -> FewElements:
        """The formatter for these options."""
        key = repr(sorted(options.items()))
        if key not in self.kept:
            self.kept[key] = FewElements(**options, **self.formatter_args)
        return self.kept[key]


def use(app: Sphinx) -> None:
    """Have Sphinx read the cells of notebooks so; its builder of the book's pages writes them by `Bridge`."""
    app.add_lexer(OF_NOTEBOOKS, FewWords)
