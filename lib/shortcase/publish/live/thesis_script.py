"""The chain from spending to a share, printed for the page of the reader's own case.

Every formula is traced from the one in `model/` or `case/thesis`; the page adds loops over threats, cases and the
places of a common factor, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from shortcase.case.parameters import Parameter, registry
from shortcase.case.scenarios import of_the_day, scenario
from shortcase.case.thesis import correlations
from shortcase.case.thesis.answer import IMPLIED
from shortcase.case.thesis.chain import valuation
from shortcase.case.thesis.draws import DEFAULT_CREDIBILITY, EDGE, dimensions, uncertain
from shortcase.case.thesis.groups import KEPT
from shortcase.case.thesis.inputs import PARAMETERS, Inputs
from shortcase.case.thesis.start import known, start
from shortcase.case.thesis.threats import COMBINATIONS, COUNT, THREATS
from shortcase.model.probability import copula, marginal, shapley
from shortcase.show.live import trace_inputs
from shortcase.show.live.vega import VEGA, Dialect, steps

BITS = 13
"""The page draws up to 2¹³ cases."""
SCRIPT = Dialect(
    calls={
        **{name: f"M.{call}" for name, call in VEGA.calls.items()},
        "ndtr": "f.ndtr",
        "ndtri": "f.ndtri",
    },
    infinity="Infinity",
)


def thesis_script(as_of: str, values: Mapping[str, Any]) -> str:
    """The script, which hands the page one object: data, and functions of plain figures.

    values: of the parameters in this build, from which a scenario differs.
    """
    begun = start(known(as_of))
    x = trace_inputs(*PARAMETERS, *(f"on{i}" for i in range(COUNT)))
    case = Inputs(begun, **{name: x[name] for name in PARAMETERS})
    functions = {
        "worth": _function({"v": valuation(case, [x[f"on{i}"] for i in range(COUNT)]).value_per_share}),
        "given": _function(_given()),
        "shapley": _function(_shapley()),
        "threshold": _function(_threshold()),
        **{name: _function(_form(form)) for name, form in FORMS.items()},
    }
    told = json.dumps(_data(begun.price_usd, values), ensure_ascii=False, separators=(",", ":"))
    printed = ",\n".join(f"{name}:{text}" for name, text in functions.items())
    return f"shortcase.thesis(Object.assign({told},{{\n{printed}}}));\n"


FORMS = {
    "logit": marginal.two_sided_logit,
    "lognormal": marginal.two_sided_lognormal,
    "normal": marginal.two_sided_normal,
}


def _data(price_usd: float, values: Mapping[str, Any]) -> dict[str, Any]:
    names = [p.name for p in uncertain()]
    places, weights = copula.nodes_for(registry()["threat_correlation"].max or 0.0, COUNT)
    root = np.linalg.cholesky(correlations.matrix(names))
    scenarios = {name: scenario(name) for name in of_the_day()}
    return {
        "price": price_usd,
        "order": PARAMETERS,
        "threats": [[name, label] for name, label in THREATS.items()],
        "uncertain": names,
        "kept": KEPT,
        "ends": {interval: marginal.Z_OF_CREDIBILITY.get(interval, marginal.Z_OF_CREDIBILITY[DEFAULT_CREDIBILITY])
                 for interval in sorted({p.interval or "" for p in uncertain()})},
        "intervals": {p.name: p.interval or "" for p in uncertain()},
        "root": [[[int(j), float(row[j])] for j in np.flatnonzero(row)] for row in root],
        "nodes": [[float(z), float(w)] for z, w in zip(places, weights, strict=True)],
        "gap": registry()["long_run_growth"].gap,
        "edge": EDGE,
        "sobol": {"bits": BITS, "directions": directions(dimensions(), BITS)},
        "implied": IMPLIED,
        "scenarios": {
            name: {"title": one.title, "set": _differing(one.values(), values)} for name, one in scenarios.items()
        },
        "about": {name: _about(registry()[name], values) for name in PARAMETERS},
    }  # fmt: skip


def _differing(there: Mapping[str, Any], here: Mapping[str, Any]) -> dict[str, Any]:
    return {name: there[name] for name in PARAMETERS if there[name] != here.get(name, there[name])}


def _about(p: Parameter, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": p.label,
        "unit": p.unit,
        "value": values.get(p.name, p.value),
        "low": p.low,
        "high": p.high,
        "min": p.min,
        "max": p.max,
    }


def directions(dimensions: int, bits: int) -> list[list[int]]:
    """Direction numbers of a Sobol sequence, read off its points: the page makes the same points from them.

    Point n of the sequence in Gray-code order is point n − 1 with direction number c taken exclusively, where c is the
    place of the last zero of n − 1; so the point after 2^j − 1 shows number j.

    >>> directions(2, 3)
    [[4, 2, 1], [4, 6, 5]]

    Source: Antonov and Saleev 1979; Joe and Kuo 2008, Constructing Sobol Sequences with Better Two-Dimensional
    Projections, SIAM Journal on Scientific Computing 30(5), as scipy has them.
    """
    from scipy.stats import qmc  # noqa: PLC0415 - most of a second that only this page needs

    points = qmc.Sobol(dimensions, scramble=False).random_base2(bits)
    whole = np.rint(points * 2**bits).astype(np.int64)
    return [[int(whole[2**j, d] ^ whole[2**j - 1, d]) for j in range(bits)] for d in range(dimensions)]


def _given() -> Mapping[str, Any]:
    """Chances of the 32 combinations at one place of the common factor."""
    x = trace_inputs(*(f"c{i}" for i in range(COUNT)), "rho", "z")
    place: tuple[Any, Any] = (np.expand_dims(x["z"], -1), np.ones(1))
    found = copula.one_factor([x[f"c{i}"] for i in range(COUNT)], x["rho"], place)
    return {"chances": found}


def _shapley() -> Mapping[str, Any]:
    x = trace_inputs(*(f"v{i}" for i in range(COMBINATIONS)))
    parts = shapley.shapley_values([x[f"v{i}"] for i in range(COMBINATIONS)])
    return {"parts": np.stack(list(parts))}


def _threshold() -> Mapping[str, Any]:
    """The score of a threat's latent variable, from the shared factor and its own."""
    x = trace_inputs("rho", "shared", "own")
    return {"latent": np.sqrt(x["rho"]) * x["shared"] + np.sqrt(1.0 - x["rho"]) * x["own"]}


def _form(form: Any) -> Mapping[str, Any]:
    names = ("z", "low", "middle", "high", "ends", "least", "most")
    x = trace_inputs(*names)
    return {"x": marginal.within(form(*(x[name] for name in names[:5])), x["least"], x["most"])}


def _function(outputs: Mapping[str, Any]) -> str:
    printed = steps(outputs, SCRIPT)
    (output,) = outputs
    lines = "".join(f"const {name}={text.replace(' ', '')};" for name, text in printed.steps)
    return f"function(p,f){{const M=Math,{{{','.join(printed.inputs)}}}=p;{lines}return {output};}}"
