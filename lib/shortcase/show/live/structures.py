"""Structures in which figures carry steps, of lists, mappings and dataclasses: the steps, and what is there without."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from shortcase.show.live.steps import BARE, Step, before, inside
from shortcase.show.live.tape import Node
from shortcase.show.live.traced import Traced


class Carried:
    """A figure, an answer or an array with a step behind it."""

    __slots__ = ()
    step: Step | None

    def plain(self) -> Any:
        """The same without the step."""
        raise NotImplementedError


def step_of(value: Any) -> Step | None:
    """The step behind a figure, if it has one."""
    return getattr(value, "step", None) if isinstance(value, Carried) else None


def plain(value: Any) -> Any:
    """The same without steps, also inside lists, tuples, slices, mappings and dataclasses."""
    if type(value) in BARE:
        return value
    return value.plain() if isinstance(value, Carried) else inside(value, plain)


def steps_in(value: Any) -> list[Step]:
    """The steps behind figures in a structure of lists, tuples, mappings and dataclasses."""
    return before(stepped(value))


def same(value: Any) -> Any:
    """A key that two structures share where they hold the same steps and the same figures."""
    if isinstance(value, Carried):
        return id(value.step), type(value)
    if isinstance(value, Traced):
        return value.shape, *(cell.i if isinstance(cell, Node) else repr(cell) for cell in value.nodes.ravel().tolist())
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value), *(same(getattr(value, f.name)) for f in dataclasses.fields(value))
    if isinstance(value, Mapping):
        return tuple((key, same(part)) for key, part in value.items())
    return tuple(same(part) for part in value) if isinstance(value, (list, tuple)) else value


def is_traced(value: Any) -> bool:
    """Whether a figure, or a field of a dataclass, stands on a tape."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return any(is_traced(getattr(value, f.name)) for f in dataclasses.fields(value))
    return isinstance(value, Traced)


def stepped(value: Any) -> Any:
    """The same with a step in the place of each figure that has one."""
    if type(value) in BARE:
        return value
    if isinstance(value, Carried):
        return value.step if value.step is not None else value.plain()
    return inside(value, stepped)
