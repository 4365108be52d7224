"""The rules of the book by name: what each demands, why, and how to put right what breaks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shortcase.errors import BadRequest, ShortcaseError, nearest


@dataclass(frozen=True)
class Rule:
    """One rule, in words."""

    what: str
    why: str
    mend: str


RULES: dict[str, Rule] = {
    "python": Rule(
        "Every cell is Python that can be parsed.",
        "All other checks read the code without running it; what cannot be read cannot be checked.",
        "Look in the line that is named, and in the one above it, for a bracket or quote that is not closed.",
    ),
    "cells": Rule(
        "A chapter's cells read parameters in one cell, call formulas of the lib, and change nothing unseen: "
        "one assignment a parameter, no name of it overwritten, facts asked for as of the date, names written out.",
        "The press injects the values of a build after the parameters cell, and follows by name what each figure rests "
        "on. A parameter that is overwritten, or a name that is put together while the code runs, escapes both.",
        "Write as the other chapters do; the message says which line, and what to write there.",
    ),
    "arithmetic": Rule(
        "A chapter does not compute: its cells call formulas of the lib and combine nothing themselves.",
        "A formula in a chapter has no docstring, no source, no test, and cannot be traced into the page.",
        "Move the arithmetic into a function in lib/shortcase/model, with its equation and its source.",
    ),
    "cell-length": Rule(
        "A cell answers one question, in no more than 110 lines.",
        "Whoever unfolds a calculation looks for one figure; what is computed for five paragraphs hides it.",
        "Divide the cell: compute, then draw, then judge, each before the words it leads to. Begin it with a comment "
        "that says the question. Cells in a row fold into one calculation on the page.",
    ),
    "valuation-inputs": Rule(
        "An input of the valuation is a parameter, a field of Inputs, in one group where it is uncertain, and read.",
        "What is left out of one of these is drawn, shown or explained in one place of the book and not in another.",
        "Complete the place that the message names: book/parameters.yml, or inputs.py, groups.py or a formula of "
        "lib/shortcase/case/thesis.",
    ),
    "facts-read": Rule(
        "Tables, rows and columns that a chapter asks for are there.",
        "A wrong name would stop the build in the middle of a chapter.",
        "Take the nearest name that the message gives, or add the row to its table with a source.",
    ),
    "look-ahead": Rule(
        "Nothing that became public after the as-of date decides a verdict or stands on the first page.",
        "The essay is judged by what could be known on its day; what came later would make the verdict hindsight.",
        "Ask for the fact with table(…, as_of), or show what came later as a number on a page that is frozen at a day.",
    ),
    "configuration": Rule(
        "The table of contents names each page once, and _config.yml holds what the press relies on.",
        "Jupyter Book leaves a page that is not listed out of the site, and says nothing.",
        "List the page in _toc.yml, or take the file away.",
    ),
    "ledger": Rule(
        "Each claim of the ledger says what hangs on it, and how it is decided, why it is not, or what there is but a "
        "lead; a claim that is tested is judged by a chapter, and the reverse.",
        "A claim without these would look like one that nobody got round to.",
        "Fill the column of book/claims.csv that is named, or call claim(…) in the chapter.",
    ),
    "expected-verdicts": Rule(
        "book/verdicts.csv has a verdict for each claim that a chapter judges, and for no other.",
        "A verdict that flips is news; the file makes whoever flips it say so in the same change.",
        "Build the book, run shortcase claims --expect, and read what changed in the file before it is committed.",
    ),
    "forecasts": Rule(
        "The book's own forecasts have odds, a question, a day on which they are due, and at most one resolution.",
        "Odds that are given after the fact, or of which nobody says when they are settled, say nothing.",
        "Complete the row of book/forecasts.csv that is named.",
    ),
    "made-twice": Rule(
        "A number, claim or chart is made in one place.",
        "Two computations of one thing come apart one day, and a page would show either.",
        "Keep one of the two, or give the other a name of its own.",
    ),
    "citations": Rule(
        "Each reference that a page cites is in book/references.bib.",
        "A reader must be able to find the source.",
        "Add the entry, or take the nearest key.",
    ),
    "kernel": Rule(
        "A page with cells of code begins like a notebook.",
        "Without it Jupyter Book shows the code and never runs it.",
        "Begin the page with the lines that the message gives.",
    ),
    "roles": Rule(
        "Roles stand where they are read, and name numbers, parameters, claims and facts that exist.",
        "A role in a code span or with an unknown name would print its own source to the reader.",
        "Take the nearest name that the message gives, or record the number in a chapter.",
    ),
    "typed-figures": Rule(
        "No figure is typed into the prose: each is bound to a number, a parameter, a fact or the ledger.",
        "A figure typed by hand is right on the day it is typed; a changed assumption leaves it wrong.",
        "Show it with {num}, {par}, {fact} or {essay}; a name that holds a digit goes into book/lint.yml.",
    ),
    "dollars": Rule(
        "A dollar sign in prose is written so that it does not begin a formula.",
        "Between two of them MyST sets the words as mathematics.",
        "Write \\$, or bind the amount.",
    ),
    "comparisons": Rule(
        "Words that compare or count beside a figure that a parameter moves are bound, or their condition is stated.",
        "“The chief cost” and “two of the three” are true at the book's values and may be false at a reader's.",
        "Choose the words with {when}, or state in book/lint.yml the condition under which the sentence holds.",
    ),
    "unused": Rule(
        "Each number is shown, and each parameter and each table of facts is read or shown.",
        "What nobody sees is computed for nothing, and its errors stay unseen.",
        "Show it, or take it out.",
    ),
}
"""Every rule that `shortcase check` holds the book to."""


def ruled(name: str, problems: Iterable[ShortcaseError]) -> Iterator[ShortcaseError]:
    """The problems of one rule, each with its name.

    >>> from shortcase.errors import BadSource
    >>> [str(problem) for problem in ruled("dollars", [BadSource("One dollar", where="a.md:1")])]
    ['a.md:1: One dollar. [dollars]']
    """
    assert name in RULES, name  # noqa: S101 - a rule without words could not be explained
    for problem in problems:
        problem.rule = name
        yield problem


def explained(name: str) -> str:
    """What a rule demands, why, and how to put right what breaks it.

    Errors: BadRequest for an unknown rule, with the nearest right one.
    """
    if name not in RULES:
        raise BadRequest(f"There is no rule {name!r}", where="--explain", mend=nearest(name, RULES))
    rule = RULES[name]
    return f"{name}\n\n{rule.what}\n\nWhy: {rule.why}\n\nTo put it right: {rule.mend}"
