"""How long the press takes, and how long Jupyter Book takes when it executes the same notebooks itself.

    python benchmarks/build_times.py [--rounds 3] [--against REVISION] [--live]

All in one run, on the same chapters, on a copy of the project: a cold build, an unchanged one, one after a parameter
changed, one after a sentence changed, the commands `value`, `check` and `run`, and `jupyter-book build` with execution
on, of the same staged folder. The medians are written to benchmarks/results/build_times.json, which the book's page on
its method shows. With `--against`, another revision of the project is built in turn with this one, each from a folder
of its own with its own book, facts and package, and the ratios of their times are printed and written beside. With
`--live`, a cold build in which no figure is followed is measured in turn with the ordinary one: what it costs that the
pages answer.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shortcase.publish.read.pages import chapters
from shortcase.publish.request import Layout
from shortcase.publish.run.processes import THREADS

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "build_times.json"
PARAMETER = "demand_elasticity"
CHAPTER = "the_fallout"
COPIED = ("book", "lib/shortcase", "_config.yml", "_toc.yml", "requirements.txt", "benchmarks/results")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3, help="times that each is measured (default 3)")
    options.add_argument("--against", metavar="REVISION", help="a revision of this repository that is built in turn")
    options.add_argument("--live", action="store_true", help="what it costs that figures are followed, too")
    asked = options.parse_args(arguments)
    times, before = list[dict[str, float]](), list[dict[str, float]]()
    with tempfile.TemporaryDirectory() as room:
        project = copy(Path(room) / "project")
        other = checked_out(asked.against, Path(room) / "other") if asked.against else None
        for _ in range(max(1, asked.rounds)):
            times.append(measure(project) | (still(project) if asked.live else {}))
            if other is not None:
                before.append(pressed(other))
    result = summary(times, len(chapters(ROOT)))
    if before:
        result["against"] = {"revision": asked.against, "ratios": ratios(times, before)}
        for what, ratio in result["against"]["ratios"].items():
            print(f"{what}: {ratio:.2f} of the time of {asked.against}")
    if asked.live:
        result["ratio_live"] = ratio_live(times)
        print(f"cold: {result['ratio_live']:.2f} of the time of a build in which nothing follows")
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in result["rows"]:
        print(f"{row['what']}: {row['seconds']:.2f} s")
    print(f"{result['machine']}\n{RESULT.relative_to(ROOT)}")
    return 0


def copy(project: Path) -> Path:
    """A copy of all that a build reads, the package included, so that nothing changes while it is measured."""
    for name in COPIED:
        source, target = ROOT / name, project / name
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return project


def checked_out(revision: str, folder: Path) -> Path:
    """What a revision holds, in a folder of its own that is no part of any repository."""
    folder.mkdir()
    held = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=held.stdout, check=True)
    return folder


def ratios(times: Sequence[dict[str, float]], before: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median time of each way of building over that of the other revision.

    >>> ratios([{"cold": 4.0, "executed": 6.0}], [{"cold": 8.0, "executed": 6.0}])
    {'cold': 0.5}
    """
    middle = {key: [statistics.median(row[key] for row in rows) for rows in (times, before)] for key in before[0]}
    return {key: round(ours / theirs, 2) for key, (ours, theirs) in middle.items() if key != "executed"}


def measure(project: Path) -> dict[str, float]:
    """One round: each way of building, one after the other, and which chapters ran."""
    found = pressed(project)
    itself = unexecuted(project, Layout(project, project / "_build").stage)
    book = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(itself), "--all"]
    whole, _ = timed(lambda: run(book, itself, project / "lib"))
    return {**found, "jupyter-book": whole}


STILL = """
from shortcase.publish.build import build
from shortcase.publish.request import Request
build(Request(live=False, fresh=True), print)
"""


def still(project: Path) -> dict[str, float]:
    """Everything, from nothing, in which no figure is followed and no page answers."""
    shutil.rmtree(project / "_build", ignore_errors=True)
    return {"still": timed(lambda: run([sys.executable, "-c", STILL], project, project / "lib"))[0]}


def ratio_live(times: Sequence[Mapping[str, float]]) -> float:
    """The median of a cold build's time over that of one in the same round in which nothing is followed.

    >>> ratio_live([{"cold": 6.0, "still": 5.0}, {"cold": 9.0, "still": 6.0}, {"cold": 6.5, "still": 5.0}])
    1.3
    """
    return round(statistics.median(row["cold"] / row["still"] for row in times), 2)


def pressed(project: Path) -> dict[str, float]:
    """The press's own ways of building, one after the other, with the package that lies in the project."""
    lib = project / "lib"
    places = Layout(project, project / "_build")
    shutil.rmtree(project / "_build", ignore_errors=True)
    press = [sys.executable, "-m", "shortcase.cli", "build", "--json"]
    found, cold = timed(lambda: run(press, project, lib))
    assert len(json.loads(cold)["executed"]) == len(chapters(project))  # noqa: S101 - or it was no cold build
    unchanged, same = timed(lambda: run(press, project, lib))
    assert not json.loads(same)["changed"]  # noqa: S101
    values = json.loads((places.results / "manifest.json").read_text(encoding="utf-8"))["parameters"]
    one = [*press, "--set", f"{PARAMETER}={values[PARAMETER] * 1.01:.6g}"]
    changed, ran = timed(lambda: run(one, project, lib))
    answer = json.loads(ran)
    assert 0 < len(answer["executed"]) < len(chapters(project))  # noqa: S101 - only those that read it
    built = {"cold": found, "unchanged": unchanged, "changed": changed, "executed": len(answer["executed"])}
    return built | commands(project, values[PARAMETER] * 1.02)


def commands(project: Path, value: float) -> dict[str, float]:
    """What an author and an analyst ask for beside the book: a sentence changed, checked and built; a chapter; a value.

    value: of the parameter, one under which the chapter has not been executed yet.
    """
    shortcase, lib = [sys.executable, "-m", "shortcase.cli"], project / "lib"
    page = project / "book" / f"{CHAPTER}.md"
    run([*shortcase, "build"], project, lib)  # as documented: what an author changes a sentence of
    page.write_text(page.read_text(encoding="utf-8") + "\nA sentence more.\n", encoding="utf-8")
    checked, _ = timed(lambda: run([*shortcase, "check"], project, lib))
    words, ran = timed(lambda: run([*shortcase, "build", "--json"], project, lib))
    assert json.loads(ran)["changed"]  # noqa: S101
    moved, _ = timed(lambda: run([*shortcase, "run", CHAPTER, "--set", f"{PARAMETER}={value:.6g}"], project, lib))
    valued, _ = timed(lambda: run([*shortcase, "value"], project, lib))
    return {"words": words, "check": checked, "run": moved, "value": valued}


def unexecuted(project: Path, stage: Path) -> Path:
    """The staged folder of the build, its chapters as they are before execution, and execution on."""
    folder = project / "_build" / "jupyter_book"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stage, folder, ignore=shutil.ignore_patterns(".*"))
    for page in chapters(project):
        path = folder / "book" / f"{page.name}.ipynb"
        path.write_text(json.dumps(page.notebook()), encoding="utf-8")
    config = folder / "_config.yml"
    text = config.read_text(encoding="utf-8")
    assert 'execute_notebooks: "off"' in text  # noqa: S101
    config.write_text(
        text.replace('execute_notebooks: "off"', "execute_notebooks: force\n  timeout: 300"), encoding="utf-8"
    )
    return folder


def rounds(count: int) -> str:
    """How often each was measured, in words.

    >>> rounds(1), rounds(3)
    ('one round', 'medians of 3 rounds')
    """
    return f"medians of {count} rounds" if count > 1 else "one round"


def timed(work: Callable[[], str]) -> tuple[float, str]:
    """Seconds on the wall, and what the work answered."""
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def run(command: Sequence[str], folder: Path, lib: Path) -> str:
    """Run a command with this copy of the package, every process of it with one thread, as the press has it."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": str(lib)},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout


def summary(times: Sequence[dict[str, float]], count: int) -> dict[str, Any]:
    """The table: medians; the page sets each against Jupyter Book executing the same notebooks."""
    medians = {key: statistics.median(row[key] for row in times) for key in times[0]}
    own = medians["jupyter-book"]
    names = {
        "cold": "Everything, from nothing",
        "unchanged": "Nothing has changed",
        "changed": f"One parameter has changed, which {medians['executed']:.0f} of {count} chapters read",
        "words": "One sentence has changed",
        "jupyter-book": "jupyter-book build, executing the same chapters itself",
    }
    return {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}; {rounds(len(times))}",
        "chapters": count,
        "rounds": len(times),
        "ratio_cold": round(own / medians["cold"], 2),
        "rows": [{"key": key, "what": what, "seconds": round(medians[key], 2)} for key, what in names.items()],
        "commands": {key: round(medians[key], 2) for key in ("check", "run", "value")},
    }


if __name__ == "__main__":
    sys.exit(main())
