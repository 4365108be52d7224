"""What a share is worth under a request, as text or for a program: the same figures as the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import deciding, last_four
from shortcase.case.thesis.answer import DRAWS, SEED, answer
from shortcase.case.thesis.distribution import size_of_replicate
from shortcase.case.thesis.start import Machines, Start
from shortcase.case.thesis.threats import THREATS
from shortcase.commands.kept_points import KeptPoints
from shortcase.errors import BadRequest, LookAhead, MissingFact
from shortcase.facts import Row, later, table
from shortcase.places import root
from shortcase.publish.request import Layout, Progress, Request, asked
from shortcase.show.units import bounds, fmt

FINDINGS = {deciding.DEAR: "Worth less than it cost", deciding.CHEAP: "Worth at least what it cost"}


def value(
    request: Request, draws: int = DRAWS, seed: int = SEED, *, say: Progress, why: bool = False
) -> dict[str, Any]:
    """The answer for a scenario with settings of its own, on the facts of its as-of date, from where it begins.

    say: is told of kept points that are damaged; why: whether the rules that decide are looked for as well.
    """
    scenario, values = asked(request)
    day = str(values["as_of"])
    case = thesis.inputs(_later_start(day), values) if scenario.looks_ahead else thesis.case(day, values)
    closes = reported(day).closes if scenario.looks_ahead else table("nvidia_market", day)
    paid = [row.public_on for row in closes if row.has("price_usd") and row.price_usd == case.start.price_usd]
    price_on = max(paid, default=None)
    told: dict[str, Any] = {
        "scenario": request.scenario,
        "as_of": day,
        "price_on": price_on.isoformat() if price_on else None,
    }
    told |= {"last_close": {"day": last.day.isoformat(), "usd": last.price_usd} if (last := last_close(day)) else None}
    decided = {"why": {finding: _decided(case, finding) for finding in FINDINGS}} if why else {}
    points = KeptPoints(Layout(root(), root()).points, size_of_replicate(draws), say)
    return {**told, **answer(case, draws, seed, points), **decided}


def last_close(day: str) -> Row | None:
    """The last closing price that was public on a day; None where the tables begin later."""
    closes = [row for name in ("nvidia_closes", "nvidia_closes_after") for row in table(name, day)]
    return max(closes, key=lambda row: row.day, default=None)


def _decided(case: thesis.Inputs, finding: str) -> dict[str, Any]:
    """The shortest rule for a finding, and how often it comes again on halves of the cases that found it."""
    return {**asdict(deciding.rule(case, finding)), "resampled": asdict(deciding.resampled(case, finding))}


def _later_start(day: str) -> Start:
    """Where the forecast begins on a day after the essay.

    Errors: BadRequest, with a day that can be asked for, where the tables did not have all of it then.
    """
    try:
        return last_four.start(reported(day))
    except (MissingFact, LookAhead) as missing:
        known = reported(dt.date.max.isoformat())
        days = {row.public_on for rows in (known.quarters, known.sheet, known.makers) for row in rows}
        first = next((one.isoformat() for one in sorted(days) if _begins(one)), None)
        raise BadRequest(
            f"The book cannot begin from the last four quarters reported by {day}: {missing.what}",
            where="as_of",
            mend=f"choose {first}, the first day on which all of it is known" if first else "bring the tables up",
        ) from missing


def _begins(day: dt.date) -> bool:
    try:
        last_four.start(reported(day.isoformat()))
    except (MissingFact, LookAhead):
        return False
    return True


def reported(until: str) -> last_four.Reported:
    """The tables of a start from the last four quarters, as they stood on a day."""
    return last_four.Reported(
        quarters=later("nvidia_quarters", until),
        centre=later("nvidia_data_center", until),
        sheet=later("nvidia_balance_sheet", until),
        makers=later("after_the_essay", until),
        closes=later("nvidia_closes_after", until),
        machines=Machines(later("custom_silicon", until), later("packaging", until), later("accelerators", until)),
    )


def as_text(found: Mapping[str, Any]) -> str:
    """The answer in words, for a person."""
    return "\n".join(_lines(found))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    share, drawn = found["usd_per_share"], found["drawn"]
    yield f"A share of Nvidia with what was known on {found['as_of']}, scenario {found['scenario']}; {_prices(found)}."
    yield ""
    least, most = (_usd(drawn["quantiles_without_threats"][name]) for name in ("P10", "P90"))
    yield f"  without any threat        {_usd(share['without_threats'])}   (P10 {least} to P90 {most}, inputs drawn)"
    yield f"  threats weighed           {_usd(share['probability_weighted'])}"
    yield f"  all five in full          {_usd(share['with_all_threats'])}"
    low, middle, high = (_usd(drawn["quantiles"][name]) for name in ("P10", "P50", "P90"))
    yield f"  every input in its range  median {middle}, mean {_usd(drawn['mean'])} ± {_usd(drawn['mean_error'])},"
    yield f"                            P10 {low} to P90 {high} ({drawn['draws']:,} draws)"
    yield (
        f"  the price exceeded it     with a chance of {fmt(drawn['chance_price_above_value'], 'share')}"
        f" ± {fmt(drawn['chance_error'], 'share')}"
    )
    yield ""
    yield "What each threat takes off a share, on average over the drawn cases: by its chance, and if all succeed"
    for one in found["threats"].values():
        weighed, full = _usd(one["usd"]), _usd(one["usd_if_all_succeed"])
        yield f"  {one['label']:<24}  {weighed:>9}   {full:>9}   (chance {fmt(one['chance'], 'share')})"
    yield ""
    yield "The value of one input that alone would make the price right: without threats, and with them weighed"
    known_parameters = registry()
    for name, solved in found["implied"].items():
        unit = known_parameters[name].unit
        both = "   ".join(
            "none" if solved[key] is None else fmt(solved[key], unit)
            for key in ("without_threats", "probability_weighted")
        )
        yield f"  {name:<24}  {both}   (here {fmt(solved['stated'], unit)})"
    yield ""
    for one in found["warnings"]:
        shown = "not known" if one["value"] is None else fmt(one["value"], one["unit"])
        yield f"  {one['status']}: {one['about'].lower()}: {shown}"

    for finding, rule in found.get("why", {}).items():
        yield from _why(FINDINGS[finding], rule)


def _prices(found: Mapping[str, Any]) -> str:
    """The price that the value is held against; where that is an older one, that of the day too, if it is known."""
    held, last = found["price_on"], found["last_close"]
    told = f"its price was {_usd(found['price_usd'])}" + (f" on {held}" if held else "")
    if last is None or last["day"] <= (held or found["as_of"]):
        return told
    newer = f"{_usd(last['usd'])} on {last['day']}"
    if last["day"] == found["as_of"]:
        return f"{told}, against which it is held here, and {newer}"
    return f"{told}, against which it is held here; that of {found['as_of']} is not known here, the last is {newer}"


def _why(finding: str, rule: Mapping[str, Any]) -> Iterator[str]:
    """A rule in words, as good as it is on the cases that did not find it."""
    yield ""
    yield f"{finding} ({fmt(rule['all_cases'], 'share')} of all drawn cases): the shortest rule"
    if not rule["conditions"]:
        yield "  none: no few inputs leave so few exceptions"
        return
    again = rule["resampled"]
    for one in rule["conditions"]:
        often = f"named on {fmt(again['named'].get(one['name'], 0.0), 'share', 0)} of the halves"
        yield (
            f"  {one['label']}: {bounds(one['low'], one['high'], one['unit'])}   "
            f"(quasi-p {one['quasi_p']:.1g}; {often})"
        )
    yield (
        f"  holds in {fmt(rule['mass'], 'share')} of the cases; {fmt(rule['density'], 'share')} of them are so, "
        f"and {fmt(rule['coverage'], 'share')} of all that are"
    )
    yield (
        f"  sought anew on {again['halves']} random halves of the cases, the rule names the same inputs on "
        f"{fmt(again['same'], 'share', 0)} of them{_others(rule)}"
    )


def _others(rule: Mapping[str, Any]) -> str:
    """What the rules of the halves name beside or instead, in words; nothing where they name nothing else."""
    ours = {one["name"] for one in rule["conditions"]}
    known = registry()
    told = [
        f"{known[name].label if name in known else THREATS[name]} ({fmt(part, 'share', 0)})"
        for name, part in rule["resampled"]["named"].items()
        if name not in ours
    ]
    return f"; else also {', '.join(told)}" if told else ""


def _usd(x: float) -> str:
    return fmt(round(x, 2), "USD")
