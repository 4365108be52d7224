"""Formulas as MathML, set when the page is made: every current browser draws it, and no script has to."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging

LOG = logging.getLogger(__name__)
NAME = "mathml"
"""What `html_math_renderer` is set to."""
MISREAD = re.compile(r"\\(?:[dtc]?frac|binom|sqrt)\s*\d{2}|\\operatorname\*")
"""What the converter sets as another formula without a word: digits that are two arguments, a star."""
BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")


def mathml(tex: str, *, block: bool) -> str:
    r"""A formula of TeX as MathML on one line.

    >>> mathml(r"Y = e^{-AD}", block=False)[49:75]
    '<mi>Y</mi><mo>=</mo><msup>'

    Errors: docutils' MathError for TeX that its converter does not know, or would set as something else:

    >>> mathml(r"\frac12", block=False)
    Traceback (most recent call last):
        ...
    docutils.utils.math.MathError: \frac12 would be misread: braces around each argument, no star
    """
    if wrong := MISREAD.search(tex):
        raise MathError(f"{wrong[0]} would be misread: braces around each argument, no star")
    return BETWEEN_TAGS.sub("", tex2mathml(tex, as_block=block))


def _set(self: Any, node: nodes.math | nodes.math_block, *, block: bool) -> None:
    try:
        self.body.append(mathml(node.astext(), block=block))
    except MathError as error:
        LOG.warning(
            "The formula %s cannot be set: %s. To put it right: write it with commands that docutils converts.",
            node.astext(), error, location=node, type="bound", subtype="formula",
        )  # fmt: skip
    raise nodes.SkipNode


def visit_inline(self: Any, node: nodes.math) -> None:
    """A formula in a sentence."""
    _set(self, node, block=False)


def visit_block(self: Any, node: nodes.math_block) -> None:
    """A formula on a line of its own."""
    _set(self, node, block=True)


def register(app: Sphinx) -> None:
    """Offer Sphinx the renderer."""
    app.add_html_math_renderer(NAME, (visit_inline, None), (visit_block, None))
