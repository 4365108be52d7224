"""Steps put on a tape: the same functions called again, with traced inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.show.live.steps import Step, inside
from shortcase.show.live.tape import Tape, TooLong, Untraceable
from shortcase.show.live.traced import Traced, variables_on


def realise(step: Step, tape: Tape, done: dict[int, Any]) -> Any:
    """The step on a tape, `Traced` or plain; `done` keeps what has been realised, and the refusals.

    Errors: Untraceable for what has no expression in the page.
    """
    waiting = [step]
    while waiting:
        now = waiting[-1]
        if id(now) in done:
            waiting.pop()
            continue
        missing = [before for before in now.behind() if id(before) not in done]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        done[id(now)] = (_realised(now, tape, done), now)  # kept alive: an id is only good while its step lives
    found = done[id(step)][0]
    if isinstance(found, Untraceable):
        raise found
    return found


def _realised(step: Step, tape: Tape, done: Mapping[int, Any]) -> Any:
    if step.function is None:
        named = isinstance(step.args, str)
        return Traced(tape.add("input", step.args) if named else variables_on(tape, step.args))
    for one in step.behind():
        if isinstance(done[id(one)][0], Untraceable):
            return done[id(one)][0]

    def put(value: Any) -> Any:
        return done[id(value)][0] if isinstance(value, Step) else inside(value, put)

    try:
        return step.function(*put(step.args), **put(step.options))
    except TooLong:
        raise  # of this chart: another may have room for it
    except Untraceable as error:
        return error
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        name = getattr(step.function, "__name__", "a function")
        return Untraceable(f"{name} of a traced input has no expression in the page ({error})")
