"""What one page needs to recompute itself: the figures that it shows, from whichever chapters, on one tape."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shortcase.case import claims, parameters
from shortcase.case.parameters import Scalar
from shortcase.case.scenarios import Scenario, of_the_day, scenario
from shortcase.case.tally import COUNTS
from shortcase.publish.live.condition import Condition, on_one_figure
from shortcase.publish.live.graph import Graph, Live
from shortcase.publish.live.program import program
from shortcase.publish.live.swings import ranked
from shortcase.publish.read import conditions
from shortcase.publish.read.answers import headlines
from shortcase.publish.read.pages import Page
from shortcase.publish.read.roles import Use
from shortcase.show.live.along import rests_on_searches
from shortcase.show.live.replay import reached
from shortcase.show.live.tape import Node, Tape, Untraceable

COUNTED = "it counts the verdicts of the whole book"


@dataclass
class Shown:
    """A page's figures on one tape: places by name, guards, and what rests on a parameter but is not live.

    turns: the condition of each choice of words, by its mark; answer: the numbers of the page's answer.
    """

    tape: Tape = field(default_factory=Tape)
    numbers: dict[str, Live] = field(default_factory=dict)
    claims: dict[str, tuple[Live, str | None, tuple[Any, ...]]] = field(default_factory=dict)
    whens: dict[str, Live] = field(default_factory=dict)
    guards: list[tuple[Any, bool]] = field(default_factory=list)
    dead: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = field(
        default_factory=lambda: {"number": {}, "claim": {}, "when": {}}
    )
    turns: Mapping[str, ast.expr] = field(default_factory=dict)
    answer: Sequence[str] = ()

    @property
    def parameters(self) -> set[str]:
        """Everything that something on the page rests on, live or not."""
        live = {n for one in (*self.numbers.values(), *self.whens.values()) for n in one.parameters}
        live |= {n for one, _, _ in self.claims.values() for n in one.parameters}
        return live | {n for kind in self.dead.values() for _, on in kind.values() for n in on}


@dataclass(frozen=True)
class Asked:
    """What a page asks of the book: the numbers and claims that it shows, and those on which its words turn.

    turns: the condition of each choice of words, by its mark; answer: the numbers of the page's answer.
    """

    page: str
    numbers: frozenset[str]
    claims: frozenset[str]
    turns: Mapping[str, ast.expr]
    answer: tuple[str, ...]

    @property
    def operands(self) -> frozenset[str]:
        """The numbers and parameters on which words turn."""
        return frozenset(name for condition in self.turns.values() for name in conditions.names(condition))


def asked(page: Page, uses: Iterable[Use]) -> Asked:
    """What a page asks, of all that the pages use."""
    here = [use for use in uses if use.page.name == page.name]
    numbers = frozenset(use.name for use in here if use.kind == "num")
    claimed = frozenset(use.name for use in here if use.kind in ("claim", "stated"))
    return Asked(page.name, numbers, claimed, dict(_turns(page)), tuple(headlines([page])))


def shown(page: Asked, graphs: Mapping[str, Graph], rows: Mapping[str, Any]) -> Shown:
    """What a page shows, joined from the graphs of the chapters that compute it.

    rows: the numbers of the build by key, for figures in a condition that rest on no parameter.
    """
    found = Shown(turns=page.turns, answer=page.answer)
    numbers, claimed = sorted(page.numbers | page.operands), sorted(page.claims)
    for key in filter(COUNTS.__contains__, numbers):  # in their order, so that two builds print the same
        found.dead["number"][key] = (COUNTED, ())
    for graph in graphs.values():
        _Joined(graph, found, numbers, claimed).put()
    for mark, condition in page.turns.items():
        _when(mark, condition, found, rows)
    for key in page.operands - page.numbers:
        found.numbers.pop(key, None)
        found.dead["number"].pop(key, None)
    return found


class _Joined:
    """A chapter's graph, put on a page's tape as far as the page needs it."""

    def __init__(self, graph: Graph, page: Shown, numbers: Sequence[str], claimed: Sequence[str]) -> None:
        self.graph, self.page = graph, page
        self.numbers = {key: graph.numbers[key] for key in numbers if key in graph.numbers}
        self.claims = {name: graph.claims[name] for name in claimed if name in graph.claims}
        self.dead = {
            "number": {key: graph.dead[f"number {key}"] for key in numbers if f"number {key}" in graph.dead},
            "claim": {name: graph.dead[f"claim {name}"] for name in claimed if f"claim {name}" in graph.dead},
        }
        ends = [end for one in self.claims.values() for end in one.ends]
        figures = [*self.numbers.values(), *(one.computed for one in self.claims.values())]
        self.guards: dict[int, int] = dict.fromkeys((guard for one in figures for guard in one.guards), -1)
        places = [*(one.at for one in figures), *ends, *(graph.guards[guard][0] for guard in self.guards)]
        self.at = page.tape.join(graph.ops, reached(graph.ops, places))

    def put(self) -> None:
        """What of the page this chapter computes, or says why no page can."""
        for i in self.guards:
            at, answer = self.graph.guards[i]
            self.guards[i] = len(self.page.guards)
            self.page.guards.append((self._place(at), answer))
        for kind, dead in self.dead.items():
            self.page.dead[kind] |= dead
        self.page.numbers |= {key: self._live(one) for key, one in self.numbers.items()}
        for name, one in self.claims.items():
            self.page.claims[name] = (self._live(one.computed), one.turns_on, tuple(map(self._place, one.ends)))

    def _live(self, one: Live) -> Live:
        return Live(self._place(one.at), one.parameters, tuple(self.guards[i] for i in one.guards))

    def _place(self, place: Any) -> Any:
        return self.at[place] if isinstance(place, int) else tuple(place)


def _turns(page: Page) -> Iterator[tuple[str, ast.expr]]:
    for piece in page.pieces:
        if piece.kind == "role" and piece.name == "when":
            condition = conditions.parse(piece.text)[0]
            yield conditions.mark(condition), condition


def _when(name: str, condition: ast.expr, found: Shown, rows: Mapping[str, Any]) -> None:
    """A choice of words put on the page's tape, if it rests on a parameter."""
    traced = Condition(found.tape, found.numbers, found.dead["number"], rows)
    try:
        truth = traced.truth(condition)
    except Untraceable as error:
        on = {n for key in conditions.names(condition) for n in found.dead["number"].get(key, ("", ()))[1]}
        found.dead["when"][name] = (error.what, tuple(sorted(on)))
        return
    if isinstance(truth, Node):
        found.whens[name] = Live(truth.i, tuple(sorted(traced.parameters)), tuple(sorted(traced.guards)))


@dataclass(frozen=True)
class Build:
    """What every page's script says of its build: numbers by key, values by parameter."""

    rows: Mapping[str, Any]
    values: Mapping[str, Scalar]

    @cached_property
    def scenarios(self) -> list[tuple[Scenario, dict[str, Scalar]]]:
        """The scenarios of the day, each with what it sets otherwise than the build."""
        every = [(one, one.values()) for one in map(scenario, of_the_day())]
        return [(one, {n: sets[n] for n, v in self.values.items() if sets[n] != v}) for one, sets in every]


def printed(page: str, found: Shown, build: Build) -> str:
    """The page's script: one call, that the runtime answers.

    Errors: Untraceable for an operation that JavaScript lacks.
    """
    judged = [place for one, _, ends in found.claims.values() for place in (one.at, *ends)]
    tests = [one.at for one in found.whens.values()]
    guards = [at for at, _ in found.guards]
    numbers = [one.at for one in found.numbers.values()]
    needed = found.parameters
    late = rests_on_searches(found.tape.ops)
    answer = [found.numbers[key] for key in found.answer if key in found.numbers] or list(found.numbers.values())
    answer = answer or [one for one, _, _ in found.claims.values()]  # a page of verdicts alone
    answer = [one for one in answer if not (isinstance(one.at, int) and late[one.at])]
    names = [name for name in parameters.registry() if name in needed]
    names = ranked(found.tape.ops, [one.at for one in answer], names, build.values)
    table = program(found.tape.ops, {"n": numbers, "g": guards, "t": [*judged, *tests]}, order=names)
    on = _Sets(names)
    told = {
        "page": page,
        "parameters": names,  # those that move the answer most first; the registry's script knows the rest of them
        "scenarios": {
            one.name: {"title": one.title, "set": chosen}
            for one, other in build.scenarios
            if (chosen := {n: v for n, v in other.items() if n in needed}) or set(one.overrides) & needed
        },
        "numbers": [
            [key, build.rows[key]["unit"], build.rows[key]["digits"], list(one.guards), on(one.parameters)]
            + ([build.rows[key]["value"]] if isinstance(one.at, int) and late[one.at] else [])  # as built, till known
            for key, one in found.numbers.items()
        ],
        "guards": [answer for _, answer in found.guards],
        "claims": list(_claims(found, on)),
        "whens": [
            {"id": name, "t": len(judged) + i, "guards": list(one.guards), "on": on(one.parameters)}
            | ({"was": _held(found.turns[name], build)} if isinstance(one.at, int) and late[one.at] else {})
            for i, (name, one) in enumerate(found.whens.items())
        ],
        "dead": {
            kind: {
                name: {"why": why, "on": on(rests)} | (_turned(found.turns[name], build.rows) if kind == "when" else {})
                for name, (why, rests) in dead.items()
            }
            for kind, dead in found.dead.items()
        },
    }
    told["on"] = on.told
    data, code = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (told, table))
    return f"shortcase.live(Object.assign({data},{{run:shortcase.program({code})}}));\n"


def _held(condition: ast.expr, build: Build) -> bool:
    """Whether a condition is met in the build."""
    told = {name: build.rows[name]["value"] if name in build.rows else build.values[name]
            for name in conditions.names(condition)}  # fmt: skip
    return conditions.holds(condition, told)


def _turned(condition: ast.expr, rows: Mapping[str, Any]) -> dict[str, Any]:
    """What a page that draws a number by itself needs to turn words that hang on it: the limit, and how they stand."""
    limit = on_one_figure(condition)
    return {"if": limit, "was": conditions.holds(condition, {limit[0]: rows[limit[0]]["value"]})} if limit else {}


class _Sets:
    """Sets of parameters by their number: many figures rest on the same. Each is told by places in a list of names."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._known: dict[tuple[str, ...], int] = {}

    def __call__(self, names: Sequence[str]) -> int:
        """The number of a set."""
        return self._known.setdefault(tuple(names), len(self._known))

    @property
    def told(self) -> list[list[int]]:
        """Every set."""
        return [[self._places[name] for name in names] for names in self._known]


def _claims(found: Shown, on: _Sets) -> Iterator[dict[str, Any]]:
    at = 0
    for claim_id, (one, turns_on, ends) in found.claims.items():
        row = claims.ledger()[claim_id]
        digits = claims.significant_digits(row.stated) if row.rule is claims.Rule.EQUALS else None
        yield {
            "id": claim_id, "t": at, "ends": [at + 1, at + 2] if ends else None, "turns_on": turns_on,
            "guards": list(one.guards), "on": on(one.parameters), "unit": row.unit, "rule": row.rule.value,
            "stated": list(row.values), "tolerance": row.tolerance, "digits": digits,
        }  # fmt: skip
        at += 1 + len(ends)
