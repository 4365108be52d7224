"""The search and the filters above a long generated list: a form that `filters.js` gives its work.

Without scripts the form stays hidden and the whole list stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from shortcase.publish.site.table import token


def form(noun: str, nouns: str, choices: Mapping[str, Sequence[tuple[str, int]]], buttons: str = "") -> str:
    """The form: a search, a menu for each choice, each with its counts, and a line that says how many are shown.

    `noun` and `nouns` name one and several entries of the list; `buttons` is HTML that stands before the menus.
    """
    menus = "".join(_menu(name, options) for name, options in choices.items() if len(options) > 1)
    return (
        f'<form class="filters" role="search" aria-label="Search and filter the {escape(nouns)}" '
        f'data-noun="{escape(noun)}" data-nouns="{escape(nouns)}" hidden>'
        f'<label class="filter-search">Search the {escape(nouns)}'
        f'<input type="search" name="q" autocomplete="off" spellcheck="false"></label>'
        f'{buttons}<div class="filter-menus">{menus}</div>'
        f'<div class="filter-foot"><output role="status" aria-live="polite"></output>'
        f'<button type="reset">Show all</button></div></form>'
    )


def options(found: Iterable[str]) -> list[tuple[str, int]]:
    """The options of a menu, in the order in which they are met, each with how many entries it has.

    >>> options(["fact", "estimate", "fact"])
    [('fact', 2), ('estimate', 1)]
    """
    return list(Counter(found).items())


def _menu(name: str, options: Sequence[tuple[str, int]]) -> str:
    listed = "".join(f'<option value="{token(text)}">{escape(text)} ({count})</option>' for text, count in options)
    return (
        f'<label>{escape(name.capitalize())}<select name="{escape(name)}"><option value="">all</option>'
        f"{listed}</select></label>"
    )
