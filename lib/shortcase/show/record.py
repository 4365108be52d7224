"""What a chapter computes, recorded so that any page can show it and any reader can trace it.

A record is an output of the notebook, of the mime type below; the press collects the records of all chapters and
takes them out of what is rendered. In JupyterLab the same output reads as one line of text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shortcase.case import claims, judgement, parameters
from shortcase.errors import BadRecord
from shortcase.show.units import exact, fmt

MIME = "application/vnd.shortcase.record+json"
KEY = re.compile(r"[a-z][a-z0-9_]*")
SWINGS = "swings"


def number(
    key: str,
    unit: str,
    formula: Callable[..., Any],
    /,
    *,
    part: str | int | None = None,
    label: str | None = None,
    digits: int | None = None,
    words: Sequence[str] = (),
    **inputs: Any,
) -> float:
    """Compute a figure with a formula of the lib, record it under a key for `{num}`, and return it.

    The formula is called here, with these inputs, so the trace that a reader opens cannot differ from what was
    computed. `part` picks an attribute, key or index of a formula's result; `digits` fixes the decimals shown. `words`
    name the inputs for the reader, in their order, where those of the formula are as general as "amount" and "whole".

    Errors: BadRecord for a key that is no plain word, a formula without an `Equation:` in its docstring, words that are
    not one for each input, or a result that is not one finite figure.
    """
    if not KEY.fullmatch(key):
        raise BadRecord(f"{key!r} cannot name a number", mend="use small letters, digits and _")
    named = _named(key, inputs, words)
    value = _scalar(f"number {key}", _part(formula(**inputs), part, key))
    text = fmt(value, unit, digits)
    record = {
        "record": "number",
        "key": key,
        "value": value,
        "unit": unit,
        "digits": digits,
        "label": label or _first_line(formula),
        "formula": _in_words(equation(formula), named),
        "function": f"{formula.__module__}.{formula.__qualname__}",
        "part": part,
        "inputs": [
            {"name": name, "text": text} for name, text in _flat({named[name]: given for name, given in inputs.items()})
        ],
    }
    display({MIME: record, "text/plain": f"{key} = {text}"})
    return value


def claim(
    claim_id: str,
    computed: float | bool,
    *,
    turns_on: str | None = None,
    recompute: Callable[[float], float | bool] | None = None,
) -> claims.Verdict:
    """Hold a computed value, in the unit of the ledger's row, against a claim; record and return the verdict.

    Where the answer turns on one parameter, name it in `turns_on` and give `recompute`, which maps a value of it to
    the computed value: if the verdict flips inside the parameter's stated range it is `depends`, and the value at
    which it flips is recorded.

    Errors: BadRecord where the claim has no rule, the rule and the value do not fit, the value is not finite, or only
    one of `turns_on` and `recompute` is given; BadRequest for an unknown claim, BadParameter for an unknown parameter.
    """
    if (turns_on is None) != (recompute is None):
        raise BadRecord(f"The claim {claim_id} needs both turns_on and recompute, or neither")
    parameter = None if turns_on is None else parameters.find(turns_on)

    def answer(found: Any) -> float | bool:
        return bool(found) if isinstance(found, (bool, np.bool_)) else _scalar(f"answer to {claim_id}", found)

    plain = answer(computed)
    again = None if recompute is None else lambda x: answer(recompute(x))
    found = judgement.check(claims.find(claim_id), plain, turns_on=parameter, recompute=again)
    unit = found.claim.unit
    shown = ("yes" if plain else "no") if isinstance(plain, bool) else fmt(plain, unit)
    record = {
        "record": "claim",
        "id": claim_id,
        "computed": plain,
        "computed_text": shown,
        "verdict": found.verdict.value,
        "turns_on": found.turns_on,
        "threshold": found.threshold,
        "threshold_text": None
        if found.threshold is None or parameter is None
        else fmt(found.threshold, parameter.unit),
        **_side(found, plain, parameter),
    }
    display({MIME: record, "text/plain": f"{claim_id}: {found.verdict}, computed {shown}"})
    return found.verdict


def _side(found: judgement.Finding, computed: float | bool, parameter: parameters.Parameter | None) -> dict[str, Any]:
    """On which side of its turn a claim stands that depends on a parameter, and how far from it."""
    if found.threshold is None or parameter is None:
        return {"side": None, "distance": None, "distance_text": None}
    distance = found.threshold - float(parameter.value)
    told = fmt(abs(distance), "points" if parameter.unit in ("share", "per year") else parameter.unit)
    where = f"{told} {'above' if distance > 0.0 else 'below'} the value taken"
    at_it = math.isclose(found.threshold, float(parameter.value), rel_tol=1e-9)
    return {
        "side": found.claim.judge(computed).value,
        "distance": distance,
        "distance_text": "the value taken itself" if at_it else where,
    }


def swings(of: str, unit: str, ends: Mapping[str, tuple[float, float]]) -> None:
    """Record how far a figure moves as each parameter goes across its stated range, for the page of parameters.

    `of` names the figure ("value of a share"); `ends` gives for each parameter the figure at the low and at the high
    end of its range, everything else as in this build.

    Errors: BadRecord for a figure without a name, a parameter that states no range, or an end that is not finite;
    BadParameter for an unknown parameter.
    """
    if not of.strip():
        raise BadRecord("What moves with the parameters has no name", mend='write swings("value of a share", …)')
    found = {}
    for name, (at_low, at_high) in ends.items():
        if parameters.find(name).low is None:
            raise BadRecord(f"{name} states no range, so nothing moves across it", mend="give it low and high")
        found[name] = [_scalar(f"{of} at an end of {name}", end) for end in (at_low, at_high)]
        fmt(found[name][0], unit)
    told = f"{of}: moves with {len(found)} parameters"
    display({MIME: {"record": SWINGS, "of": of, "unit": unit, "ends": found}, "text/plain": told})


def display(data: dict[str, Any]) -> None:
    """Put a record out as what a cell shows."""
    from IPython import display as notebook  # noqa: PLC0415 - half a second that a check does not need

    notebook.display(data, raw=True)


def equation(formula: Callable[..., Any]) -> str:
    """The `Equation:` paragraph of a formula's docstring, in one line.

    Errors: BadRecord where there is none.
    """
    found = equation_in(inspect.getdoc(formula) or "")
    if found is None:
        name = getattr(formula, "__qualname__", repr(formula))
        raise BadRecord(f"{name} states no equation", mend="record a formula of model/ whose docstring has `Equation:`")
    return found


def equation_in(docstring: str) -> str | None:
    r"""The `Equation:` paragraph of a docstring, in one line; None where there is none.

    >>> equation_in("Yield.\n\nEquation: y =\n  exp(-d)\n\nMore.")
    'y = exp(-d)'
    """
    found = re.search(r"^Equation:\s*(.+?)(?:\n\s*\n|\Z)", docstring, re.DOTALL | re.MULTILINE)
    return " ".join(found[1].split()) if found else None


def _named(key: str, inputs: Mapping[str, Any], words: Sequence[str]) -> dict[str, str]:
    if not words:
        return {name: name for name in inputs}
    if isinstance(words, str) or len(words) != len(inputs) or len(set(words)) != len(words):
        raise BadRecord(
            f"The words of {key} are {words!r}, and its inputs {', '.join(inputs)}",
            mend="give one word for each input, in their order, no two the same",
        )
    return dict(zip(inputs, words, strict=True))


def _in_words(told: str, named: Mapping[str, str]) -> str:
    return re.sub(r"[a-z]\w*", lambda found: named.get(found[0], found[0]), told)


def _first_line(formula: Callable[..., Any]) -> str:
    return (inspect.getdoc(formula) or "").splitlines()[0].rstrip(".")


def _part(result: Any, part: str | int | None, key: str) -> Any:
    if part is None:
        return result
    try:
        if isinstance(part, str) and not isinstance(result, Mapping) and hasattr(result, part):
            return getattr(result, part)
        return result[part]
    except (KeyError, IndexError, TypeError):
        raise BadRecord(f"The result behind {key} has no part {part!r}") from None


def _scalar(what: str, result: Any) -> float:
    if np.ndim(result) or np.asarray(result).dtype.kind not in "biuf":
        raise BadRecord(f"The {what} is {type(result).__name__}, not one figure", mend="pick one part of it")
    value = float(result)
    if not math.isfinite(value):
        raise BadRecord(f"The {what} is {value}")
    return value


def _flat(inputs: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in inputs.items():
        shown = f"{prefix}{name}"
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            nested = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            found += _flat(nested, f"{shown}.")
        elif isinstance(value, Mapping):
            found += _flat({str(k): v for k, v in value.items()}, f"{shown}.")
        else:
            found.append((shown, _brief(value)))
    return found


def _brief(value: Any) -> str:
    if isinstance(value, (bool, str, dt.date)) or value is None:
        return str(value)
    if callable(value):
        return str(getattr(value, "__name__", "function"))
    array = np.asarray(value)
    if array.ndim == 0:
        return exact(float(array)) if array.dtype.kind in "iuf" else str(value)
    if array.dtype.kind in "iuf" and array.size <= 6:
        return ", ".join(exact(float(x), 4) for x in array.ravel())
    return f"{array.size} values"
