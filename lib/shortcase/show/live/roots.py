"""A bracketed search on the tape: one operation, whose body is the function that is searched.

scipy's `find_root` asks its function for figures until it has the root. With inputs that carry steps, or are traced,
the function is asked once, with a variable in place of x; the page then searches by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from shortcase.show.live.operators import carry
from shortcase.show.live.steps import Step
from shortcase.show.live.structures import Carried, plain, step_of
from shortcase.show.live.tape import Node, const
from shortcase.show.live.traced import Traced, variables_on


def search(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    """`find_root`, for figures, for figures with steps, and for traced ones."""

    def find_root(f: Callable[..., Any], init: tuple[Any, Any], /, *, args: Any = (), **options: Any) -> Any:
        given = args if isinstance(args, tuple) else (args,)
        low, high = init
        asked = f(plain(low), *given)
        known = (low, high, asked, *given)
        if any(isinstance(value, Traced) for value in known):
            return SimpleNamespace(x=_traced(f, low, high, given, asked), success=np.True_)
        if not any(isinstance(value, Carried) for value in known):
            return ordinary(f, init, args=args, **options)
        found = ordinary(lambda x, *more: plain(f(x, *more)), plain(init), args=plain(args), **options)
        variable = Step(None, np.shape(found.x), None)
        asked = f(carry(found.x, variable), *given)
        behind = [step_of(value) or plain(value) for value in (asked, low, high)]
        return SimpleNamespace(x=carry(found.x, Step(_rooted, (variable, *behind), {})), success=found.success)

    return find_root


def _traced(f: Callable[..., Any], low: Any, high: Any, given: tuple[Any, ...], asked: Any) -> Traced:
    tape = next(node.tape for value in (low, high, *given, asked) for node in _nodes(value))
    shape = np.broadcast_shapes(*(np.shape(value) for value in (low, high, *given)))
    variables = Traced(variables_on(tape, shape))
    return _rooted(variables, f(variables, *given), low, high)


def _rooted(variables: Traced, body: Any, low: Any, high: Any) -> Traced:
    shape, tape = variables.shape, _nodes(variables)[0].tape
    parts = [np.broadcast_to(Traced(part).nodes, shape) for part in (body, low, high)]
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        told = [part[place] for part in parts]
        operands = [cell.i if isinstance(cell, Node) else const(cell) for cell in told]
        variable: Any = variables.nodes[place]
        found[place] = tape.add("root", variable.i, *operands)
    return Traced(found)


def _nodes(value: Any) -> list[Node]:
    return [n for n in value.nodes.ravel() if isinstance(n, Node)] if isinstance(value, Traced) else []
