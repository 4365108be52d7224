"""The house in order: locked lists, pinned actions, nothing of one machine in what everybody gets."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from shortcase.case import scenarios
from shortcase.case.parameters import registry

ROOT = Path(__file__).resolve().parents[2]
LISTS = ["requirements", "requirements-test"]

# Folders that only exist on one machine or for one user; as a path's beginning, so nothing of a path stands before.
MACHINE_PATH = re.compile(r"(?<![\w.:/~)}\]-])/(?:home|Users|root|work|opt|mnt|var/folders)/[\w.-]+")
# Where one machine gets its packages from; a list that names it works there only.
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|--(?:extra-)?index-url|--find-links|--trusted-host"
)

# An action moves when its tag moves; a commit does not. The comment says which version that commit is.
PINNED_ACTION = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def lines_that(pattern: re.Pattern[str], path: Path) -> list[str]:
    """Lines of a text file in which the pattern occurs, as 'file:line: match'. Binary files have no lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    return [
        f"{path.name}:{number}: {match[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        for match in [pattern.search(line)]
        if match
    ]


def wanted(path: Path) -> Iterator[Requirement]:
    """The requirements of a hand-written list; comments and -c lines aside."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = re.sub(r"(^|\s)#.*", "", line).strip()
        if text and not text.startswith("-"):
            yield Requirement(text)


def locked(text: str) -> Iterator[tuple[Requirement, int]]:
    """Each pin of a compiled list with the number of its hashes."""
    for block in re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text)):
        pin, *rest = block.replace("\\\n", "\n").split("\n")
        yield Requirement(pin), sum(1 for line in rest if re.fullmatch(r"\s*--hash=sha256:[0-9a-f]{64}\s*", line))


def unpinned(workflow: str) -> list[str]:
    """Lines of a workflow that use an action otherwise than by commit and version."""
    uses = [line.strip().removeprefix("- ") for line in workflow.splitlines() if re.match(r"\s*(- )?uses:", line)]
    return [line for line in uses if not PINNED_ACTION.fullmatch(line)]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry"])
def test_no_tracked_file_names_a_machine(pattern: re.Pattern[str], tracked_files: list[Path]) -> None:
    assert len(tracked_files) > 20
    assert [hit for path in tracked_files if path != Path(__file__) for hit in lines_that(pattern, path)] == []


def test_no_tracked_file_names_this_machine(root: Path, tracked_files: list[Path]) -> None:
    here = re.compile("|".join(re.escape(str(folder)) for folder in {root, Path.home()} if len(folder.parts) > 2))
    assert not here.pattern or [hit for path in tracked_files for hit in lines_that(here, path)] == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("cache: /home/ann/book", True),
        ("see '/Users/ann/x.py'", True),
        ("-f /opt/wheels", True),
        ("[data](../work/figures)", False),
        ("https://example.org/home/page", False),
        ("_build/work/x", False),
    ],
)
def test_a_machine_path_is_seen(text: str, *, seen: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is seen


@pytest.mark.parametrize("name", LISTS)
def test_each_requirement_is_locked_to_a_version_that_fits(root: Path, name: str) -> None:
    pins: dict[str, set[Version]] = {}
    for pin, _ in locked((root / f"{name}.txt").read_text(encoding="utf-8")):
        (specifier,) = pin.specifier
        pins.setdefault(canonicalize_name(pin.name), set()).add(Version(specifier.version))
    for need in wanted(root / f"{name}.in"):
        versions = pins.get(canonicalize_name(need.name), set())
        assert versions, f"{need.name} of {name}.in is not in {name}.txt. To put it right: make lock"
        assert all(need.specifier.contains(version) for version in versions), f"{need} but {versions}: make lock"


@pytest.mark.parametrize("name", LISTS)
def test_each_pin_is_exact_and_hashed(root: Path, name: str) -> None:
    pins = list(locked((root / f"{name}.txt").read_text(encoding="utf-8")))
    assert len(pins) > 20
    assert [str(pin) for pin, _ in pins if [s.operator for s in pin.specifier] != ["=="]] == []
    assert [str(pin) for pin, hashes in pins if hashes == 0] == []


def test_both_lists_agree(root: Path) -> None:
    book, tests = ({str(pin) for pin, _ in locked((root / f"{name}.txt").read_text("utf-8"))} for name in LISTS)
    names = {Requirement(pin).name for pin in book}
    assert {pin for pin in tests if Requirement(pin).name in names} <= book


def test_a_pin_without_a_hash_is_seen() -> None:
    good, bad = f"a==1 \\\n    --hash=sha256:{'0' * 64}\n    # via b\n", "b==2 ; python_version < '3.12'\n"
    assert [(pin.name, hashes) for pin, hashes in locked(good + bad)] == [("a", 1), ("b", 0)]


def test_the_package_needs_what_the_list_names(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["dependencies"]["file"] == ["requirements.in"]
    assert Version(project["project"]["requires-python"].removeprefix(">=")) == Version("3.11")


def workflows(root: Path) -> list[Path]:
    return sorted((root / ".github" / "workflows").glob("*.y*ml"))


def test_actions_are_pinned_by_commit(root: Path) -> None:
    assert workflows(root)
    assert [line for path in workflows(root) for line in unpinned(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "use", ["actions/checkout@v5", f"actions/checkout@{'a' * 40}", "actions/checkout@main # v5.0.0"]
)
def test_a_loose_action_is_seen(use: str) -> None:
    assert unpinned(f"steps:\n  - uses: {use}\n") == [f"uses: {use}"]


def test_workflows_may_only_read_unless_a_job_says_more(root: Path) -> None:
    for path in workflows(root):
        flow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert flow["permissions"] == {"contents": "read"}, path.name
        for name, job in flow["jobs"].items():
            more = {scope for scope, right in job.get("permissions", {}).items() if right == "write"}
            assert not more or "main" in job["if"], f"{path.name}: job {name} may write for anybody's branch"


def test_no_workflow_puts_what_others_write_into_a_shell(root: Path) -> None:
    """A title, a branch or a message is written by anybody: it comes in by the environment, never into the script."""
    for path in workflows(root):
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            for step in job["steps"]:
                names = re.findall(r"\$\{\{\s*([\w.]+)", step.get("run", ""))
                assert [name for name in names if not name.startswith("matrix.")] == [], path.name


def test_the_weekly_job_looks_at_what_the_world_changes(root: Path) -> None:
    weekly = yaml.safe_load((root / ".github" / "workflows" / "review.yml").read_text(encoding="utf-8"))
    told = {one["what"]: one["run"] for one in weekly["jobs"]["review"]["strategy"]["matrix"]["include"]}
    assert "facts --stale" in told["facts"]
    assert told["advisories"] == "make audit"
    assert told["links"] == "make links"
    assert told["ranges"] == "make ranges"
    assert "SHORTCASE_KERNEL_BUILDS" in weekly["jobs"]["review"]["env"]


def test_each_release_has_a_list_of_components(root: Path) -> None:
    release = (root / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert "make sbom" in release
    assert "_build/sbom.json" in release


def test_tools_in_a_room_of_their_own_are_pinned(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^(?:AUDIT|SBOM) +:= [\w-]+==[\d.]+$", makefile)) == 2


def test_the_citation_file_is_valid(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]


def test_what_the_readme_names_exists(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8")))
    asked = set(re.findall(r"(?m)^make ([a-z]+)", readme))
    assert {"book", "test"} <= asked <= targets

    paths = set(re.findall(r"(?<![\w.])(?:book|docs|lib|tests|\.ci)/[\w./-]*\w", readme))
    assert [path for path in sorted(paths) if not (root / path).exists()] == []

    chapters = set(re.findall(r"shortcase run (\w+)", readme))
    assert chapters
    assert [name for name in sorted(chapters) if not (root / "book" / f"{name}.md").is_file()] == []

    changed = set(re.findall(r"--set (\w+)=", readme)) | set(re.findall(r" -p (\w+) ", readme))
    assert changed
    assert changed <= registry().keys()
    assert set(re.findall(r"--scenario (\w+)", readme)) <= set(scenarios.names())


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: path.stem)
def test_a_constant_of_a_test_is_given_once(path: Path) -> None:
    """A second value would be that of all tests, above it too."""
    names = [
        name.id
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]
    assert len(names) == len(set(names))
