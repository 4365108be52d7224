"""The pages of the book in their order, and for each chapter what it holds: cells, numbers, claims, charts."""

from __future__ import annotations

from typing import Any

from shortcase.publish.check.book import Book
from shortcase.publish.check.configuration import CONTENTS, listed
from shortcase.yaml_lines import read


def contents(book: Book) -> dict[str, dict[str, Any]]:
    """Every page by name, in the order of the table of contents."""
    pages = {page.name: page for page in book.pages}
    order = [file.rsplit("/", 1)[-1] for file, _ in listed(read(book.root / CONTENTS))]
    return {
        name: {"title": pages[name].title, "order": number, **_holds(book, name)}
        for number, name in enumerate(order)
        if name in pages
    }


def _holds(book: Book, name: str) -> dict[str, Any]:
    if name not in book.codes:
        return {"chapter": False}
    code = book.codes[name]
    return {
        "chapter": True,
        "cells": len(code.page.code),
        "numbers": len(code.named("number")),
        "claims": len(code.named("claim")),
        "charts": len(code.named("chart")),
        "parameters": len(set(code.parameters) | set(code.named("value"))),
        "tables": len(set(code.named("table")) | set(code.named("later"))),
    }
