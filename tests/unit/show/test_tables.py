from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

import pandas as pd
import pytest

from shortcase.errors import BadParameter, BadRecord
from shortcase.show import tables


class Cells(HTMLParser):
    """What a reader finds in a table: its heads, its row heads, its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {"caption": [], "col": [], "row": [], "td": []}
        self.into: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.into = {"caption": "caption", "th": given.get("scope"), "td": "td"}.get(tag, self.into)
        if tag in ("caption", "th", "td"):
            self.found[self.into].append("")

    def handle_endtag(self, tag):
        if tag in ("caption", "th", "td"):
            self.into = None

    def handle_data(self, data):
        if self.into:
            self.found[self.into][-1] += data


def cells(page: str) -> dict[str, list[str]]:
    parser = Cells()
    parser.feed(page)
    return parser.found


CHIPS = pd.DataFrame({"chip": ["H100", "A<B"], "tdp_w": [700.0, 123456.0], "good": [True, False]})


def grid(frame=CHIPS, **changed):
    given = {"identity": "hw-chips", "caption": "Power", "units": {"tdp_w": "W"}, **changed}
    return tables.grid_html(frame, **given)


def test_heads_rows_and_units_are_told_to_a_screen_reader():
    found = cells(grid())
    assert found["col"] == ["Chip", "Tdp w", "Good"]
    assert found["row"] == ["H100", "A<B"]
    assert found["td"] == ["700\u00a0W", "yes", "123\u00a0kW", "no"]
    assert found["caption"] == ["Power"]


def test_an_empty_word_stays_empty_and_what_is_not_there_is_a_dash():
    frame = pd.DataFrame({"name": ["a", "b"], "note": ["", None]}, dtype=object)
    assert cells(grid(frame, units={}))["td"] == ["", "–"]


def test_the_box_that_scrolls_can_be_reached_by_keyboard_and_has_a_name():
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Power">' in grid()


def test_the_csv_has_every_row_and_the_raw_figures():
    frame = pd.DataFrame({"name": [f"row {i}" for i in range(100)], "x": [i / 3 for i in range(100)]})
    page = tables.grid_html(frame, identity="a", caption="Many", units={"x": "share"})
    link = page.split('href="data:text/csv;charset=utf-8,')[1].split('"')[0]
    lines = unquote(link).splitlines()
    assert (lines[0], lines[2], len(lines)) == ("name,x (share)", "row 1,0.333333", 101)
    assert "60 of 100 rows" in cells(page)["caption"][0]


def test_no_cell_of_the_csv_is_run_by_a_spreadsheet():
    frame = pd.DataFrame({"=name": ["=1+1", "-2", "+a", "@b"], "x": [-1.0, 2.0, 3.0, 4.0]})
    lines = tables.csv_text(frame, {"x": "share"}).splitlines()
    assert lines == ["'=name,x (share)", "'=1+1,-1", "-2,2", "'+a,3", "'@b,4"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"units": {}}, "'tdp_w' of hw-chips holds figures without a unit"),
        ({"units": {"tdp": "W"}}, "no column 'tdp'. To put it right: did you mean tdp_w"),
        ({"units": {"tdp_w": "Watt"}}, "no unit 'Watt'"),
        ({"head": {"chp": "Chip"}}, "did you mean chip"),
        ({"identity": "HW chips"}, "small letters, digits and hyphens"),
        ({"caption": " "}, "has no caption"),
        ({"frame": CHIPS.iloc[:0]}, "is empty"),
    ],
)
def test_what_a_table_refuses(changed, words):
    with pytest.raises(BadRecord) as refused:
        grid(**changed)
    assert words in str(refused.value)


def test_a_parameter_is_linked_to_its_row():
    page = tables.parameters_html("as_of", "efficiency_multiple")
    assert 'href="parameters.html#par-efficiency_multiple"' in page
    assert cells(page)["td"][:2] == ["25\u00a0January\u00a02025", "–"]
    assert cells(page)["td"][4:6] == ["45×", "45×"]


def test_a_parameter_table_refuses_what_is_unknown_or_stands_twice():
    with pytest.raises(BadParameter, match="efficiency_multipl"):
        tables.parameters_html("efficiency_multipl")
    with pytest.raises(BadRecord):
        tables.parameters_html("as_of", "as_of")
