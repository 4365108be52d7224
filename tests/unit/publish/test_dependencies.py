"""What a number rests on is followed through a chapter's code."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.case import thesis
from shortcase.case.thesis.start import TABLES
from shortcase.publish.read.code import parse
from shortcase.publish.read.dependencies import slices
from shortcase.publish.read.pages import Page

HEADER = "---\nkernelspec: {display_name: Python 3, language: python, name: python3}\n---\n"
PARAMETERS = "\n".join(f'{name}: float = value("{name}")' for name in ("as_of", "a", "b", "c"))


def rests(code: str) -> dict[str, set[str]]:
    """By key: what it rests on, as `kind:name/row`."""
    text = (
        f"{HEADER}\n# T\n\n```{{code-cell}} ipython3\n:tags: [parameters]\n\n{PARAMETERS}\n```\n\n"
        f"```{{code-cell}} ipython3\n{code}\n```\n"
    )
    page = Page(Path("/x/book/t.md"), Path("/x"), text)
    return {
        name: {
            f"{r.kind}:{r.name}" + (f"/{r.row}" if r.row else "") + (f"@{r.until}" if r.until else "") for r in found
        }
        for (_, name), found in slices(parse(page)).items()
    }


CASES = {
    "an argument": ('number("k", "u", f, x=a)', {"parameter:a"}),
    "nothing": ('number("k", "u", f, x=1)', set()),
    "through names": ('x = a * 2\ny = x + 1\nnumber("k", "u", f, x=y)', {"parameter:a"}),
    "assigned again": ('x = a\nx = b\nnumber("k", "u", f, x=x)', {"parameter:b"}),
    "added to": ('x = a\nx += b\nnumber("k", "u", f, x=x)', {"parameter:a", "parameter:b"}),
    "a tuple": ('x, y = a, 1\nnumber("k", "u", f, x=y)', {"parameter:a"}),
    "an element": ('d = {}\nd["x"] = a\nnumber("k", "u", f, x=d)', {"parameter:a"}),
    "an element chosen by a parameter": ('d = {}\nd[b] = 1\nnumber("k", "u", f, x=d)', {"parameter:b"}),
    "an attribute": ('d.x = a\nd = d\nnumber("k", "u", f, x=d.x)', {"parameter:a"}),
    "appended": ('d = []\nd.append(a)\nnumber("k", "u", f, x=d)', {"parameter:a"}),
    "a function": ('def g(x):\n    return x * a\nnumber("k", "u", f, x=g(1))', {"parameter:a"}),
    "a lambda": ('g = lambda x: x * a\nnumber("k", "u", f, x=g(1))', {"parameter:a"}),
    "a name that a function looks up late": (
        'def g():\n    return z\nz = b\nnumber("k", "u", f, x=g())', {"parameter:b"},
    ),
    "a function in a function": (
        'def h():\n    return a\ndef g():\n    return h()\nnumber("k", "u", f, x=g())', {"parameter:a"},
    ),
    "a function handed on": ('g = lambda x: x * a\nh = [g]\nnumber("k", "u", f, x=h)', {"parameter:a"}),
    "recursion": ('def g(n):\n    return g(n - a)\nnumber("k", "u", f, x=g(1))', {"parameter:a"}),
    "a comprehension": ('x = [i * 2 for i in [a]]\nnumber("k", "u", f, x=x)', {"parameter:a"}),
    "a loop": ('x = 0\nfor i in [a]:\n    x = x + i\nnumber("k", "u", f, x=x)', {"parameter:a"}),
    "a loop that carries over": (
        'x = y = 0\nfor i in range(3):\n    x = y\n    y = a\nnumber("k", "u", f, x=x)', {"parameter:a"},
    ),
    "a condition": ('x = 0\nif a > 1:\n    x = 1\nnumber("k", "u", f, x=x)', {"parameter:a"}),
    "either branch": (
        'if c:\n    x = a\nelse:\n    x = b\nnumber("k", "u", f, x=x)', {"parameter:a", "parameter:b", "parameter:c"},
    ),
    "with": ('with open(a) as g:\n    x = g\nnumber("k", "u", f, x=x)', {"parameter:a"}),
    "a walrus": ('(y := a)\nnumber("k", "u", f, x=y)', {"parameter:a"}),
    "a number in a number": ('n = number("m", "u", f, x=a)\nnumber("k", "u", f, x=n)', {"parameter:a"}),
    "a table": ('t = table("chips", as_of)\nnumber("k", "u", f, x=t)', {"fact:chips/*", "parameter:as_of"}),
    "a row": (
        't = table("chips", as_of)\nr = t.row("h").w\nnumber("k", "u", f, x=r)', {"fact:chips/h", "parameter:as_of"},
    ),
    "a row through a dataclass": (
        'h = table("chips", as_of).row("h").into(Chip)\nnumber("k", "u", f, x=h)', {"fact:chips/h", "parameter:as_of"},
    ),
    "a row that is not written out": ('t = later("chips").row(n)\nnumber("k", "u", f, x=t)', {"later:chips/*"}),
    "two rows": (
        't = later("chips")\nnumber("k", "u", f, x=t.row("a").w / t.row("b").w)', {"later:chips/a", "later:chips/b"},
    ),
    "a parameter looked up": ('number("k", "u", f, x=find("b").value)', {"parameter:b"}),
    "a day given by its name": (
        'DAY = "2026-06-30"\nt = later("chips", DAY).row("a")\nnumber("k", "u", f, x=t)', {"later:chips/a@2026-06-30"},
    ),
    "a day that may be another": (
        'd = "2026-06-30"\nif a:\n    d = "2027-01-01"\nnumber("k", "u", f, x=later("chips", d).row("a"))',
        {"later:chips/a", "parameter:a"},
    ),
    "a scenario that begins later": (
        'DAY = "2026-06-30"\ns = later_scenario("today", DAY)\nnumber("k", "u", f, x=s.values())', {"scenario:today"},
    ),
    "a claim": ('x = later("chips").row("a")\nclaim("k", x > a)', {"later:chips/a", "parameter:a"}),
    "a claim's other value": ('claim("k", 1, turns_on="a", recompute=lambda v: v * b)', {"parameter:b"}),
}  # fmt: skip


OWN = {
    "a parameter of a function": "def g(x):\n    return x * c\nx = b\n",
    "a parameter with a default": "def g(*y, x=2):\n    return x * c\nx = b\n",
    "a local": "def g(y):\n    x = y * c\n    return x\nx = b\n",
    "a local of a loop": "def g(y):\n    for x, z in [(y, c)]:\n        y += x * z\n    return y\nx = z = b\n",
    "a local that a function inside reads": "def g(x):\n    def h():\n        return x * c\n    return h()\nx = b\n",
    "a parameter of a lambda": "g = lambda x: x * c\nx = b\n",
    "a lambda defined after the name": "x = b\ng = lambda x: x * c\n",
    "a comprehension": "x = b\ng = lambda y: [x * c for x in [y]][0]\n",
    "a comprehension in a comprehension": "x = z = b\ng = lambda y: [x * z for z in [c] for x in [y] if x > z]\n",
    "a name of the lib": "from shortcase.facts import table\ndef g(table):\n    return table * c\n",
}
CASES |= {f"{name} of the chapter's name": (f'{code}number("k", "u", f, x=g(a))', {"parameter:a", "parameter:c"})
          for name, code in OWN.items()}  # fmt: skip
CASES |= {
    "a global": (
        'def g():\n    global x\n    x = x + 1\n    return x\nx = b\nnumber("k", "u", f, x=g())', {"parameter:b"},
    ),
    "a default that is the chapter's": (
        'x = b\ndef g(x=x):\n    return x\nnumber("k", "u", f, x=g())', {"parameter:b"},
    ),
    "what a comprehension goes through, under its own name": (
        'x = [b]\nnumber("k", "u", f, x=[x for x in x])', {"parameter:b"},
    ),
    "a walrus in a comprehension": ('[y := i for i in [b]]\nnumber("k", "u", f, x=y)', {"parameter:b"}),
    "a name that only another function has": (
        'def h(x):\n    return x\ndef g(y):\n    return h(y) * x\nx = b\nnumber("k", "u", f, x=g(1))', {"parameter:b"},
    ),
    "a day that a function is given": (
        'day = "2026-06-30"\ng = lambda day: later("chips", day).row("a")\nnumber("k", "u", f, x=g(a))',
        {"later:chips/a", "parameter:a"},
    ),
}  # fmt: skip


THESIS = "from shortcase.case import thesis\n"
STARTS = {f"fact:{name}/*" for name in TABLES.values()} | {"parameter:as_of"}
VALUED = STARTS | {f"parameter:{name}" for name in thesis.PARAMETERS}
CASES |= {
    "a table under another name": (
        'from shortcase.facts import later as l\nnumber("k", "u", f, x=l("chips").row("a"))', {"later:chips/a"},
    ),
    "a table through its package": (
        'import shortcase.facts as g\nt = g.table\nnumber("k", "u", f, x=t("chips", as_of))',
        {"fact:chips/*", "parameter:as_of"},
    ),
    "a case of the valuation": (
        THESIS + 'case = thesis.case(as_of, globals())\nnumber("k", "u", f, case=case.with_(x=a))',
        VALUED | {"parameter:a"},
    ),
    "a case by its own name": (
        'from shortcase.case.thesis import case as of\nnumber("k", "u", f, case=of(as_of, globals()))', VALUED,
    ),
    "a case spelled out": (
        THESIS + 'number("k", "u", f, case=thesis.inputs(thesis.start(thesis.known(as_of)), {}))', VALUED,
    ),
    "a scenario's case": (
        'from shortcase.case.scenarios import scenario\n' + THESIS
        + 'b = thesis.start(thesis.known(as_of))\nnumber("k", "u", f, x=thesis.inputs(b, scenario("bear").values()))',
        STARTS,
    ),
    "a method of the same name": ('number("k", "u", f, x="a".find("b"))', set()),
}  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), CASES.values(), ids=CASES)
def test_what_a_number_rests_on(code: str, expected: set[str]) -> None:
    assert rests(code)["k"] == expected
