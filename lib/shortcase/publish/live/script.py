"""A tape printed as one JavaScript function: a chain of assignments, each operation that is used twice a name."""

from __future__ import annotations

import itertools
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from shortcase.publish.live.graph import reached
from shortcase.show.live.tape import Untraceable, bound

INFIX = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "greater": ">", "greater_equal": ">=", "less": "<",
    "less_equal": "<=", "equal": "===", "not_equal": "!==", "logical_and": "&&", "logical_or": "||",
}  # fmt: skip
CALLS = {
    "power": "pow", "absolute": "abs", "exp": "exp", "log": "log", "sqrt": "sqrt", "floor": "floor", "ceil": "ceil",
    "sin": "sin", "cos": "cos", "tan": "tan", "arctan": "atan", "minimum": "min", "maximum": "max",
}  # fmt: skip
SPECIAL = ("ndtr", "ndtri", "gammaln", "stdtrit")
"""Functions that JavaScript lacks; the runtime brings them."""
DEPTH = 40
"""A longer expression is given a name, so that no browser's parser has to go deep."""
RESERVED = frozenset({"do", "if", "in", "as", "is", "of", "p", "f", "M"})


def names() -> Iterator[str]:
    """Short names that are no words of JavaScript."""
    letters = string.ascii_lowercase + string.ascii_uppercase
    for length in itertools.count(1):
        for name in map("".join, itertools.product(letters, repeat=length)):
            if name not in RESERVED and not (length == 3 and name in ("var", "for", "new", "let", "try")):
                yield name


def body(ops: Sequence[tuple[Any, ...]], outputs: Mapping[str, Sequence[Any]]) -> str:
    """The body of `function (p, f)`: p holds the inputs by name, f the functions that JavaScript lacks.

    outputs: by field of the returned object, a list of places on the tape or constants.

    Errors: Untraceable for an operation that has no expression in JavaScript.

    >>> print(body([("input", "price"), ("input", "units"), ("multiply", 0, 1)], {"n": [2, ("const", 1.5)]}))
    var M=Math;return{n:[p.price*p.units,1.5]};
    """
    wanted = [place for places in outputs.values() for place in places]
    printer = _Printer(ops, wanted)
    told = ",".join(f"{field}:[{','.join(printer.text(place) for place in places)}]" for field, places in outputs.items())
    steps = "".join(f",{name}={text}" for name, text in printer.steps)
    return f"var M=Math{steps};return{{{told}}};"


class _Printer:
    """Steps in order; what stands inside a search is printed in the function that is searched."""

    def __init__(self, ops: Sequence[tuple[Any, ...]], wanted: Iterable[Any]) -> None:
        self.ops, self.free, self.short = ops, bound(ops), names()
        self.told = dict[int, tuple[str, int, bool]]()
        wanted = [place for place in wanted if isinstance(place, int)]
        self.needed = sorted(reached(list(ops), wanted))
        self.uses = Counter(arg for i in self.needed for arg in ops[i][1:] if isinstance(arg, int)) + Counter(wanted)
        for i in self.needed:
            for arg in ops[i][1:]:
                if isinstance(arg, int) and self.free[i] - self.free[arg]:
                    self.uses[arg] += 1  # asked again at each step of a search
        self.steps = self._block([i for i in self.needed if not self.free[i]])

    def text(self, place: Any) -> str:
        """A place or a constant, as an expression."""
        return self.told[place][0] if isinstance(place, int) else figure(place[1])

    def _block(self, places: Iterable[int]) -> list[tuple[str, str]]:
        steps: list[tuple[str, str]] = []
        for i in places:
            text, depth, atom = self._write(i)
            plain = self.ops[i][0] in ("input", "variable")
            if (self.uses[i] > (2 if plain else 1) or depth > DEPTH) and self.ops[i][0] != "variable":
                name = next(self.short)
                steps.append((name, text))
                text, depth, atom = name, 0, True
            self.told[i] = (text, depth, atom)
        return steps

    def _root(self, i: int) -> str:
        _, variable, body, low, high = self.ops[i]
        name = next(self.short)
        self.told[variable] = (name, 0, True)
        # What depends on an inner search's variable too is printed there.
        inner = [
            k for k in self.needed
            if variable < k < i and variable in self.free[k] and max(self.free[k]) == variable
        ]  # fmt: skip
        steps = self._block(inner)
        told = "".join(f"{',' if n else 'var '}{step}={text}" for n, (step, text) in enumerate(steps))
        function = f"function({name}){{{told}{';' if told else ''}return {self.text(body)}}}"
        return f"f.root({function},{self.text(low)},{self.text(high)})"

    def _write(self, i: int) -> tuple[str, int, bool]:
        name, *args = self.ops[i]
        if name == "input":
            return f"p.{args[0]}", 0, True
        if name == "root":
            return self._root(i), 0, True
        parts = [self.told[a] if isinstance(a, int) else (figure(a[1]), 0, a[1] >= 0) for a in args]
        depth = 1 + max(part[1] for part in parts)
        texts = [text if atom else f"({text})" for text, _, atom in parts]
        if name in INFIX:
            return f"{texts[0]}{INFIX[name]}{texts[1]}", depth, False
        if name == "where":
            return f"{texts[0]}?{texts[1]}:{texts[2]}", depth, False
        if name in ("negative", "logical_not"):
            return f"{'-' if name == 'negative' else '!'}{texts[0]}", depth, False
        bare = ",".join(text for text, _, _ in parts)
        if name in CALLS:
            return f"M.{CALLS[name]}({bare})", depth, True
        if name in SPECIAL:
            return f"f.{name}({bare})", depth, True
        raise Untraceable(f"{name} has no expression in the page")


def figure(value: Any) -> str:
    """A constant, exactly, and as short as it can be.

    >>> [figure(x) for x in (0.1, -2.0, 1e21, float("inf"), float("nan"), True, 3.0)]
    ['.1', '-2', '1e21', '(1/0)', '(0/0)', 'true', '3']
    """
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    number = float(value)
    if np.isnan(number):
        return "(0/0)"
    if np.isinf(number):
        return "(1/0)" if number > 0 else "(-1/0)"
    if number == 0 and np.signbit(number):
        return "(-0)"
    text = repr(number).removesuffix(".0").replace("e+", "e")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
