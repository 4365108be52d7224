"""The registry that the page holds a link against is that of the book."""

from __future__ import annotations

import json

from shortcase.case.parameters import registry
from shortcase.publish.site.live_scripts import BELOW, registry_script


def told(scenario: str) -> dict:
    script = registry_script({"scenario": scenario, "par": {}})
    return json.loads(script.removeprefix("shortcase.registry(").removesuffix(");\n"))


def test_every_parameter_is_there_with_its_bounds():
    found = told("documented")
    assert list(found["parameters"]) == list(registry())
    for name, (value, least, most, kind) in found["parameters"].items():
        p = registry()[name]
        assert (value, least, most, kind) == (p.value, p.min, p.max, p.kind)
    assert (found["built"], found["scenario"]) == ({}, "documented")


def test_pairs_that_have_an_order_are_in_it():
    for lower, upper in BELOW:
        assert registry()[lower].value < registry()[upper].value
