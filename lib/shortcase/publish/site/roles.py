"""The roles that put figures, badges and chosen words into prose."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from shortcase.errors import BadSource, nearest
from shortcase.publish.read import conditions
from shortcase.publish.site.nodes import bound, choice, other_wording
from shortcase.publish.site.wording import badge_text
from shortcase.show.units import fmt

LOG = logging.getLogger(__name__)
TABLES = {"num": "num", "par": "par", "essayval": "par", "stated": "stated", "fact": "fact", "claim": "claim"}
WORDS = {
    "num": "number",
    "par": "parameter",
    "essayval": "parameter",
    "stated": "claim",
    "fact": "fact",
    "claim": "claim",
}


class BoundRole(SphinxRole):
    """Any role that shows one value by its key; strict, so that a missing key is a warning with the nearest name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The figure, or the literal role where there is none."""
        kind, key = self.name.lower(), self.text.strip()
        table = TABLES[kind]
        self.env.bound_used.setdefault(self.env.docname, set()).add((table, key))  # type: ignore[attr-defined]
        row = self.env.bound_values[table].get(key)  # type: ignore[attr-defined]
        if row is None:
            return self.refuse(f"There is no {WORDS[kind]} {key!r}", nearest(key, self.env.bound_values[table]))  # type: ignore[attr-defined]
        text = self.shown(kind, row)
        if not text:
            return self.refuse(f"The essay states no value of {key}", "show the parameter with {par}")
        attributes: dict[str, Any] = {"kind": kind, "key": key}
        if kind == "claim":
            attributes["verdict"] = row["verdict"]
            attributes["anchor"] = self.first_use(key)
        if row.get("known_on") and not self.says_its_day():
            attributes["late"] = f"[known {fmt(str(row['known_on']), 'date')}]"
        node = bound(self.rawtext, "", nodes.Text(text), **attributes)
        self.set_source_info(node)
        return [node], []

    def says_its_day(self) -> bool:
        """Whether the page is frozen at a day, which it says itself, so that not every figure need say one."""
        return self.env.docname.rpartition("/")[2] in self.env.bound_values.get("frozen", {})  # type: ignore[attr-defined]

    @staticmethod
    def shown(kind: str, row: Any) -> str:
        """The text in the sentence."""
        if kind == "claim":
            return badge_text(row["verdict"])
        return str(row.get("essay_text") or "") if kind == "essayval" else str(row["text"])

    def first_use(self, key: str) -> str:
        """The anchor of a claim, at the first of its badges on the page."""
        seen = self.env.temp_data.setdefault("bound_anchors", set())
        if key in seen:
            return ""
        seen.add(key)
        return f"claim-{key}"

    def refuse(self, what: str, mend: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A warning at this place; every one of them is told before the build stops."""
        error = BadSource(what, mend=mend)
        LOG.warning("%s", error, location=self.get_location(), type="bound", subtype="missing")
        return [nodes.problematic(self.rawtext, self.rawtext)], []


class When(BoundRole):
    """Words that depend on a number: both wordings are parsed, one is shown, the other waits in the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The wording that the condition chooses."""
        values = self.env.bound_values  # type: ignore[attr-defined]
        known = {name: row["value"] for table in ("par", "num") for name, row in values[table].items()}
        try:
            condition, so, otherwise = conditions.parse(self.text)
            for name in conditions.names(condition):
                table = "num" if name in values["num"] else "par"
                self.env.bound_used.setdefault(self.env.docname, set()).add((table, name))  # type: ignore[attr-defined]
            chosen = conditions.holds(condition, known)
        except BadSource as error:
            return self.refuse(error.what, error.mend or conditions.FORM)
        shown, other = (so, otherwise) if chosen else (otherwise, so)
        words = choice("", "", *self.parsed(shown), condition=conditions.mark(condition))
        words += other_wording("", "", *self.parsed(other))
        return [words], []

    def parsed(self, wording: str) -> list[nodes.Node]:
        """A wording, with any roles and emphasis inside it."""
        if not wording:
            return []
        found, _ = self.inliner.parse(wording, self.lineno, self.inliner, self.inliner.parent)  # type: ignore[arg-type]
        return list(found)
