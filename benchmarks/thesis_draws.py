"""How many cases a second the model draws and values, beside squigglepy on the same small model and inputs.

    python -m pip install squigglepy        # in an environment of its own, or this one; nothing else needs it
    python benchmarks/thesis_draws.py [--draws 1000000] [--rounds 5]

The small model is a ten-year discounted cash flow with four uncertain inputs, written once in the lib. squigglepy runs
it in three ways: its own loop over a function; its vectorised form, in which the operators of the formula work on its
distributions (it draws an input anew wherever the formula names it, so that its mean is another one); and its samples
as arrays, on which the formula is plain numpy. Then the whole thesis, with the attribution
over all 32 combinations of threats, on one core and on two, with the memory that it took. Medians go to
benchmarks/results/thesis_draws.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from shortcase.case import thesis
from shortcase.case.thesis.distribution import distribution
from shortcase.case.thesis.draws import EDGE, PORTION
from shortcase.case.thesis.start import known
from shortcase.model.valuation import reverse_dcf

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "thesis_draws.json"
YEARS, TERMINAL = 10, 0.03
Z90 = 1.6448536269514722
# Nine tenths of each input lie between these: sales of year one and first growth are lognormal, margin and rate normal.
SALES, GROWTH, MARGIN, RATE = (150e9, 220e9), (0.1, 0.5), (0.38, 0.54), (0.085, 0.115)
SLOW = 100
"""The loop over a function is so slow that it gets this part of the draws; its rate is what is compared."""


def worth(sales: Any, growth: Any, margin: Any, rate: Any) -> Any:
    """The small model: figures or arrays."""
    path = reverse_dcf.sales_path(sales, growth, TERMINAL, YEARS)
    return reverse_dcf.value_of_sales(path, [margin] * YEARS, rate, TERMINAL)


def normal(z: Any, ends: tuple[float, float]) -> Any:
    """A normal variable whose ends hold nine tenths."""
    return (ends[0] + ends[1]) / 2 + (ends[1] - ends[0]) / (2 * Z90) * z


def ours(draws: int) -> float:
    """The lib's way: a Sobol sequence in portions that stay in the cache. Gives the mean."""
    points = qmc.Sobol(4, scramble=True, rng=np.random.default_rng(1))
    total, done = 0.0, 0
    while done < draws:
        z = ndtri(np.clip(points.random(PORTION).T, EDGE, 1 - EDGE))
        sales, growth = (np.exp(normal(z[i], tuple(np.log(e)))) for i, e in enumerate((SALES, GROWTH)))
        total += float(worth(sales, growth, normal(z[2], MARGIN), normal(z[3], RATE)).sum())
        done += PORTION
    return total / done


def as_arrays(draws: int) -> float:
    """Squigglepy's samples as arrays, and the same function on them."""
    import squigglepy as sq  # noqa: PLC0415 - only this benchmark needs it

    return float(np.mean(worth(*(sq.sample(one, n=draws) for one in _inputs(sq)))))


def as_operators(draws: int) -> float:
    """The vectorised form of squigglepy: the formula's operators on its distributions, sampled at once."""
    import squigglepy as sq  # noqa: PLC0415 - only this benchmark needs it

    return float(np.mean(sq.sample(worth(*_inputs(sq)), n=draws)))


def _inputs(sq: Any) -> tuple[Any, ...]:
    return sq.lognorm(*SALES), sq.lognorm(*GROWTH), sq.norm(*MARGIN), sq.norm(*RATE)


def as_function(draws: int) -> float:
    """Squigglepy's own loop: a function that samples each input once, called for each draw."""
    import squigglepy as sq  # noqa: PLC0415 - only this benchmark needs it

    inputs = _inputs(sq)
    return float(np.mean(sq.sample(lambda: worth(*(~one for one in inputs)), n=draws)))


def timed(run: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Median seconds, and the answer."""
    seconds, found = [], 0.0
    for _ in range(rounds):
        begun = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--draws", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args(arguments)
    draws, rounds = chosen.draws, max(3, chosen.rounds)

    case = thesis.inputs(thesis.start(known("2025-01-25")), {})
    one_core, _ = timed(lambda: distribution(case, draws, cores=1).mean, 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    two_cores, _ = timed(lambda: distribution(case, draws, cores=2).mean, 1)

    rows, means = [], {}
    for what, run, count in (
        ("squigglepy, a function for each draw", as_function, draws // SLOW),
        ("squigglepy, operators on its distributions", as_operators, draws // 10),
        ("squigglepy's samples as arrays, plain numpy after", as_arrays, draws),
        ("this book, on one core", ours, draws),
    ):
        seconds, mean = timed(lambda run=run, count=count: run(count), rounds if count == draws else 3)  # type: ignore[misc]
        rows.append({"what": what, "draws_per_s": round(count / seconds)})
        if run is not as_operators:
            means[what] = mean
    spread = max(means.values()) / min(means.values()) - 1
    if spread > 0.02:
        print(f"The ways do not agree: their means differ by {spread:.1%}", file=sys.stderr)
        return 1
    result = {
        "small_model": rows,
        "thesis": {
            "draws": draws, "combinations": thesis.threats.COMBINATIONS,
            "seconds_one_core": round(one_core, 2), "seconds_two_cores": round(two_cores, 2), "peak_bytes": memory,
        },
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"numpy {np.__version__}",
    }  # fmt: skip
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
