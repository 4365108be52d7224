"""Code in four colours: an element for what is coloured, none for the rest, which is most of it.

Strings are not: a chapter's code is half words, and their elements would be a tenth of a page.

Pygments' lexer of Python tells sixty kinds of words apart, of which the book colours four; Python's own tokenizer finds
these in a quarter of the time.
"""

from __future__ import annotations

import contextlib
import io
import keyword
import tokenize
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
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
OF_KIND = {tokenize.COMMENT: Comment, tokenize.NUMBER: Number}
"""Kinds of words that Python's tokenizer knows as such, beside the names that are keywords or are being defined."""
OF_NOTEBOOKS = "ipython3"
"""What a notebook says its cells are written in."""


class FewWords(Lexer):
    r"""Python, of which only what has a colour is told apart; a formatted string is a string, whatever it holds.

    >>> [word for _, word in FewWords().get_tokens("if x2 > 1e-3: y = f'{x2 * 10:.1f}'  # 10") if word.strip()]
    ['if', ' x2 > ', '1e-3', ": y = f'{x2 * 10:.1f}'  ", '# 10']
    """

    name = "Python in few words"

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Where each word begins, its kind, and the word."""
        done = 0
        for begins, kind, word in _words(text):
            if done < begins:
                yield done, Text, text[done:begins]
            yield begins, kind, word
            done = begins + len(word)
        if done < len(text):
            yield done, Text, text[done:]


def _words(text: str) -> Iterator[tuple[int, _TokenType, str]]:
    """The words that have a colour; none after what is not Python."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    defines, formatted = False, 0
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for word in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = OF_KIND.get(word.type)
            if word.type == tokenize.NAME:
                kind = Name.Function if defines else Keyword if keyword.iskeyword(word.string) else None
            # Newer Pythons tell the words in a formatted string one by one.
            formatted += {"FSTRING_START": 1, "FSTRING_END": -1}.get(tokenize.tok_name[word.type], 0)
            if kind is not None and not formatted:
                yield starts[word.start[0] - 1] + word.start[1], kind, word.string
            defines = word.string in ("def", "class")


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
