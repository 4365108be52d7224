from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from shortcase.show.templates import Templates

# A whole opening tag; a pattern's named group, (?P<name>…), is none.
TAG = re.compile(r"(?<!\?P)<(?!string>)[a-z][\w-]*(?:\s[^<>]*)?>")


def written(tmp_path: Path, template: str, **values: object) -> str:
    (tmp_path / "a.html").write_text(template, encoding="utf-8")
    return Templates(tmp_path).fill("a.html", **values)


def test_a_value_is_escaped_in_text_and_in_attributes(tmp_path):
    page = written(tmp_path, '<a title="{{ x }}">{{ x }}</a>', x='"><b>')
    assert page == '<a title="&#34;&gt;&lt;b&gt;">&#34;&gt;&lt;b&gt;</a>'


def test_what_is_html_already_stands_as_it_is(tmp_path):
    assert written(tmp_path, "<p>{{ x }}</p>", x=Markup("<b>1</b>")) == "<p><b>1</b></p>"


@pytest.mark.parametrize("template", ["{{ gone }}", "{{ row.gone }}", "{% if gone %}a{% endif %}"])
def test_a_name_that_is_not_given_is_an_error_and_no_blank(tmp_path, template):
    with pytest.raises(UndefinedError, match="gone"):
        written(tmp_path, template, row={})


def test_line_breaks_are_for_the_reader_of_the_template(tmp_path):
    template = "<p>\n  {% if x %}\n  Two words,\n  {{ x }} <b>\n  more</b>\n  {% endif %}\n</p>\n"
    assert written(tmp_path, template, x=3) == "<p>Two words,3 <b>more</b></p>"


def html_in_code(source: str) -> Iterator[int]:
    """The lines of a module where a string, docstrings aside, holds an opening tag."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            text = node.value
        if TAG.search(text):
            yield node.lineno


def test_html_is_written_by_templates_alone(root):
    modules = sorted((root / "lib" / "shortcase").rglob("*.py"))
    assert modules
    found = [f"{path.name}:{line}" for path in modules for line in html_in_code(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("source", ['x = "<b>1</b>"', "x = f'<a href=\"{y}\">{y}</a>'", "f('<br>')"])
def test_html_in_code_is_seen(source):
    assert list(html_in_code(source)) == [1]


def test_the_package_carries_every_template(root):
    import tomllib

    carried = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    lib = root / "lib"
    packed = {
        path for package, patterns in carried.items() for pattern in patterns
        for path in (lib / package.replace(".", "/")).glob(pattern)
    }  # fmt: skip
    assert set((lib / "shortcase").rglob("*.html")) <= packed
