"""JSON Schemas of the files that people write: parameters, scenarios, expectations; an editor checks by them.

Made from the very records that the loaders read, so a field has one home. A schema refuses nothing that a loader
takes; of what a loader refuses it knows what a schema can say, and leaves the rest to the loader: a value out of the
bounds of its own entry, for one.

    shortcase schema --write        writes book/schemas/*.json, which the first line of each file names
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from shortcase.case import parameters, scenarios
from shortcase.case.expectations import CASES, KINDS, SPANS, Expectation
from shortcase.case.parameters import INTERVALS, READ, Parameter
from shortcase.errors import BadRequest, nearest
from shortcase.publish.files import write
from shortcase.scalars import DAY, NUMBER
from shortcase.show.units import UNITS

Schema = dict[str, Any]
FOLDER = Path("book") / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
WORDS: Schema = {"type": "string", "pattern": r"\S"}
FIGURE: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{NUMBER.pattern}$"}]}
LIST: Schema = {"type": "array", "items": WORDS}
OF_TYPE: Mapping[str, Schema] = {
    "Text": WORDS,
    "Figure": FIGURE,
    "Day": {"type": "string", "pattern": f"^{DAY.pattern}$"},
    "Words": LIST,
    "Choices": {**LIST, "minItems": 1},
    "Listed": {"type": "array"},
    "Names": {"type": "object"},
    "SkipValidation[Scalar]": {"type": ["number", "string", "boolean"]},
}
"""What each type of a record's field takes, by its name."""
NAME = "^[a-z_][a-z0-9_]*$"


def of_record(kind: type, given: tuple[str, ...] = (), more: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of a record: its fields by their types, those without a default required, no others."""
    fields = [field for field in dataclasses.fields(kind) if field.name not in given]
    required = [f.name for f in fields if f.default is f.default_factory is dataclasses.MISSING]
    properties = {field.name: _nullable(str(field.type), field.name in required) for field in fields}
    for name, narrower in (more or {}).items():
        properties[name] = narrower if name in required else {"anyOf": [narrower, {"type": "null"}]}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _nullable(written: str, required: bool) -> Schema:
    name = written.removesuffix(" | None").removesuffix(" | None]") + ("]" if written.endswith(" | None]") else "")
    found = OF_TYPE[name]
    return found if required else {"anyOf": [found, {"type": "null"}]}


def of_parameters() -> Schema:
    """Of book/parameters.yml."""
    words = {"kind": {"enum": list(READ)}, "unit": {"enum": list(UNITS)}, "interval": {"enum": list(INTERVALS)}}
    entry = of_record(Parameter, ("name", "line"), words)
    figures = {"properties": {"kind": {"enum": ["float", "int"]}}}
    values = {"value": FIGURE, "essay": {"anyOf": [FIGURE, {"type": "null"}]}, "min": FIGURE, "max": FIGURE}
    entry["if"] = figures
    entry["then"] = {"required": ["min", "max"], "properties": values}
    bound = {name: {"type": "null"} for name in parameters.BOUNDS}
    entry["else"] = {"properties": bound}
    entry["dependentRequired"] = {"low": ["high", "interval"], "high": ["low", "interval"], "gap": ["below"]}
    return {"type": "object", "propertyNames": {"pattern": NAME}, "additionalProperties": entry}


def of_scenarios() -> Schema:
    """Of book/scenarios/*.yml, with the parameters that there are."""
    known = parameters.as_written()
    choices = {name: _taken(p) for name, p in known.items()}
    sets = {"type": "object", "properties": choices, "additionalProperties": False}
    words: dict[str, Schema] = {
        "base": {"enum": list(scenarios.BASES)},
        "begins": {"enum": list(scenarios.BEGINNINGS)},
        "set": sets,
    }
    return of_record(scenarios.Written, (), words)


def _taken(p: Parameter) -> Schema:
    """What a parameter takes as a value."""
    about = {"description": f"{p.label} ({p.unit})"}
    if p.kind in ("float", "int"):
        plain = {"type": "integer" if p.kind == "int" else "number", "minimum": p.min, "maximum": p.max}
        return {"anyOf": [plain, {"type": "string", "pattern": f"^{NUMBER.pattern}$"}], **about}
    if p.kind == "bool":
        return {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}], **about}
    if p.kind == "date":
        return {**OF_TYPE["Day"], **about}
    return {"enum": list(p.choices), **about} if p.choices else {"type": "string", **about}


def of_expectations() -> Schema:
    """Of book/expectations.yml."""
    words: dict[str, Schema] = {
        "within": {"type": "array", "minItems": 2, "maxItems": 2},
        "over": {"type": "array", "items": {"enum": list(CASES)}, "minItems": 1},
        "across": {"enum": list(SPANS)},
    }
    entry = of_record(Expectation, ("name", "line"), words)
    entry["oneOf"] = [{"required": [kind]} for kind in KINDS]
    return {"type": "object", "additionalProperties": entry}


MADE: Mapping[str, Callable[[], Schema]] = {
    "parameters": of_parameters,
    "scenario": of_scenarios,
    "expectations": of_expectations,
}


def text(name: str) -> str:
    """A schema as it is written.

    Errors: BadRequest for an unknown one.
    """
    if name not in MADE:
        raise BadRequest(f"There is no schema {name!r}", mend=nearest(name, MADE))
    return json.dumps({"$schema": DRAFT, **MADE[name]()}, indent=1, ensure_ascii=False) + "\n"


def keep(root: Path) -> list[Path]:
    """Write every schema into the book."""
    paths = [root / FOLDER / f"{name}.json" for name in MADE]
    for path in paths:
        write(path, text(path.stem))
    return paths
