"""Names of modules with something else behind them for a while."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

Bound = Mapping[int, list[tuple[Any, str]]]
"""Where things are bound to names, by their id."""


class Replaced(contextlib.AbstractContextManager["Replaced"]):
    """Names of modules with something else behind them, until it ends."""

    def __init__(self) -> None:
        self._before: list[tuple[Any, str, Any]] = []
        self._originals: dict[tuple[int, str], Any] = {}

    def put(self, module: Any, name: str, thing: Any) -> None:
        """Put a thing behind a name."""
        before = vars(module).get(name, self)
        self._before.append((module, name, before))
        self._originals.setdefault((id(module), name), before)
        setattr(module, name, thing)

    def original(self, module: Any, name: str) -> Any:
        """What stood behind a name before anything was put there."""
        return self._originals.get((id(module), name), getattr(module, name))

    def everywhere(self, where: Bound, thing: Any, instead: Any) -> None:
        """Put a thing behind every name that another is bound to."""
        for module, name in where.get(id(thing), ()):
            self.put(module, name, instead)

    def __exit__(self, *_: object) -> None:
        self._originals.clear()
        while self._before:
            module, name, thing = self._before.pop()
            if thing is self:
                delattr(module, name)
            else:
                setattr(module, name, thing)
