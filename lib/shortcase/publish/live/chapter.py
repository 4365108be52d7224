"""What a chapter leaves for its page: its numbers, claims and charts as functions of the parameters, and proved.

The chapter is followed once, with its charts kept, and run again at a few other values, to which everything is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.publish.live import again, graph, picture_proof, pictures, proof
from shortcase.publish.live.graph import Graph
from shortcase.publish.live.kept import Kept
from shortcase.publish.live.pictures import Pictures
from shortcase.publish.read.code import Code
from shortcase.publish.read.dependencies import Dependencies
from shortcase.show.live.along import rests_on_searches

Slices = Mapping[tuple[str, str], Dependencies]
Specifications = Mapping[str, Mapping[str, Any]]


def live(
    code: Code, slices: Slices, values: Mapping[str, Any], specifications: Specifications
) -> tuple[Graph, Pictures]:  # fmt: skip
    """The graph of a chapter and its charts that follow, at the values of a build.

    specifications: the chapter's charts, by their ids, as it has drawn them.

    Errors: what the chapter raises where it is followed.
    """
    followed, drawn, kept = _followed(code, slices, values, specifications)
    played = _played(followed, drawn, values)
    settled, runs = proof.settle(code, followed, values, charts=True, played=played)
    proved = picture_proof.proved(drawn, kept, runs, played)
    further = proof.further(code, values, runs)
    while picture_proof.UNHELD in proved.why_not.values() and (more := next(further, None)) is not None:
        runs.append(more)
        proved = picture_proof.proved(drawn, kept, runs, played)
    return settled, proved


def _played(followed: Graph, drawn: Pictures, values: Mapping[str, Any]) -> proof.Played | None:
    """Figures and charts at the points that a build looks at, where they are on one tape; not what is searched for."""
    if followed.ops is not drawn.ops:
        return None
    late = rests_on_searches(followed.ops)
    places = (*proof.places_of(followed), *pictures.places_in(drawn))
    soon = [place for place in places if isinstance(place, int) and not late[place]]
    return proof.Played(followed.ops, soon, proof.looked_at(values))


def _followed(
    code: Code, slices: Slices, values: Mapping[str, Any], specifications: Specifications
) -> tuple[Graph, Pictures, Kept]:  # fmt: skip
    """Figures and charts from one run; from two, where a cell does not bear tables that hold steps."""
    kept, graphs, charts = Kept(followed=True), list[Graph](), list[Pictures]()

    def put_graph(found: again.Found) -> None:
        graphs.append(graph.on_tape(found, slices, values))

    def put_charts(_: again.Found) -> None:
        charts.append(pictures.on_tape(kept, specifications))

    def put(found: again.Found) -> None:
        put_graph(found)
        put_charts(found)

    try:
        again.run(code, values, follow=True, charts=kept, then=put, rough=True)
    except Exception:  # noqa: BLE001 - tables that hold steps can fail in any way; the second run says what is wrong
        graphs.clear()
        again.run(code, values, follow=True, then=put_graph)
        kept = Kept(followed=True, left_out=True)
        again.run(code, values, follow=True, charts=kept, then=put_charts)
    return graphs[0], charts[0], kept
