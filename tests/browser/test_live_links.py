"""What a link says is read strictly: good values are kept, all else is refused by name, a link gives itself again."""

from __future__ import annotations

import math
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shortcase.case.parameters import registry

NUMERIC = {p.name: p for p in registry().values() if p.kind in ("float", "int")}
APART = {"long_run_growth", "equity_discount_rate"}  # a pair whose order is refused as a whole: tested by itself
FREE = sorted(set(NUMERIC) - APART)
READ = """
(query) => {
  const {moved, ranges, price, refused} = shortcase.address.read(query);
  const again = shortcase.address.written({moved, ranges, price});
  return {moved: Object.fromEntries(moved), ranges: Object.fromEntries(ranges), price, refused, again};
}
"""
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def page(browser, sample):
    context = browser.new_context()
    page = context.new_page()
    page.goto(sample + "/book/the_sample.html")
    yield page
    context.close()


@pytest.fixture
def read(page):
    return lambda query: page.evaluate(READ, query)


@st.composite
def good(draw):
    """Values inside their bounds, by name."""
    found = {}
    for name in draw(st.lists(st.sampled_from(FREE), unique=True, max_size=6)):
        p = NUMERIC[name]
        if p.kind == "int":
            found[name] = draw(st.integers(math.ceil(p.min), math.floor(p.max)))
        else:
            found[name] = draw(st.floats(p.min, p.max, allow_subnormal=False))
    return found


def query(values) -> str:
    return "?v=1" + "".join(f"&{name}={quote(str(value))}" for name, value in values.items())


@FEW
@given(good())
def test_a_good_link_is_taken_whole_and_gives_itself_again(read, values):
    found = read(query(values))
    expected = {name: value for name, value in values.items() if value != NUMERIC[name].value}
    assert found["refused"] == []
    assert found["moved"] == expected
    assert read(found["again"])["moved"] == expected


BAD = st.one_of(
    st.text(max_size=40).filter(lambda text: not text.strip().replace(".", "").isdigit()),
    st.sampled_from(
        ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "1,5", "", " ", "1e", "--1", "٣", "1_000", "<script>"]
    ),
)


@FEW
@given(good(), st.sampled_from(FREE), BAD)
def test_a_malformed_value_is_refused_and_the_good_are_kept(read, values, name, bad):
    values.pop(name, None)
    found = read(f"{query(values)}&{name}={quote(bad)}")
    assert name not in found["moved"]
    assert [line.startswith(name) for line in found["refused"]] == [True]
    assert set(found["moved"]) == {n for n, value in values.items() if value != NUMERIC[n].value}


@FEW
@given(st.sampled_from(FREE), st.booleans(), st.floats(1e-6, 1e3))
def test_a_value_out_of_bounds_is_refused(read, name, above, by):
    p = NUMERIC[name]
    value = p.max + max(1, abs(p.max)) * by if above else p.min - max(1, abs(p.min)) * by
    found = read(f"?v=1&{name}={quote(str(value))}")
    assert found["moved"] == {}
    assert len(found["refused"]) == 1


@FEW
@given(st.text(min_size=1, max_size=30).filter(lambda name: name not in {*registry(), "v", "edition", "price"}))
def test_an_unknown_name_is_refused(read, name):
    found = read(f"?v=1&{quote(name, safe='')}=1&demand_elasticity=1.2")
    assert found["moved"] == {"demand_elasticity": 1.2}
    assert len(found["refused"]) == 1


@pytest.mark.parametrize(
    ("link", "kept", "refused"),
    [
        ("?v=1&demand_elasticity=1.2&demand_elasticity=1.3&demand_growth=0.6", {"demand_growth": 0.6}, 1),
        ("?v=2&demand_elasticity=1.2", {}, 1),
        ("?v=1&v=1&demand_elasticity=1.2", {}, 1),
        ("?demand_elasticity=1.2", {}, 0),
        ("?v=1&as_of=2026-01-01", {}, 1),
        ("?v=1&__proto__=1&constructor=2&toString=3", {}, 3),
        ("?v=1&long_run_growth=0.06&equity_discount_rate=0.05&demand_growth=0.6", {"demand_growth": 0.6}, 1),
        ("?v=1&hardware_life_years=4.5.6", {}, 1),
        ("?v=1&demand_elasticity=%E0%A4%A", {}, 1),
        (f"?v=1&demand_elasticity=1.2&x={'9' * 100_000}", {}, 1),
    ],
)
def test_broken_and_hostile_links(read, link, kept, refused):
    found = read(link)
    assert (found["moved"], len(found["refused"])) == (kept, refused)


def test_a_range_is_read_and_written(read):
    found = read("?v=1&demand_elasticity.range=0.5..1.1&demand_growth.range=2..1&nonsense.range=1..2")
    assert found["ranges"] == {"demand_elasticity": [0.5, 1.1]}
    assert len(found["refused"]) == 2
    assert found["again"] == "?v=1&demand_elasticity.range=0.5..1.1"


@FEW
@given(st.floats(0.01, 999_999.0))
def test_the_price_that_is_asked_about_is_read_and_written(read, price):
    found = read(f"?v=1&demand_elasticity=1.2&price={price!r}")
    assert (found["price"], found["refused"]) == (price, [])
    assert read(found["again"])["price"] == price


@pytest.mark.parametrize("price", ["0", "-5", "abc", "1e7", "NaN", "", "100&price=118"])
def test_what_is_no_price_is_refused_and_the_rest_is_kept(read, price):
    found = read(f"?v=1&demand_elasticity=1.2&price={price}")
    assert found["moved"] == {"demand_elasticity": 1.2}
    assert (found.get("price"), len(found["refused"])) == (None, 1)


def test_what_is_refused_is_shown_as_text_and_the_rest_is_done(look, sample):
    hostile = quote("<img src=x onerror=window.caught=1>")
    with look(f"{sample}/book/the_sample.html?v=1&demand_elasticity=1.2&{hostile}={hostile}") as (page, heard):
        notice = page.locator(".wi-notice")
        assert "<img src=x" in notice.inner_text()
        assert page.evaluate("window.caught") is None
        assert page.locator("p [data-num=yield_share]").first.inner_text() == "66.4%"
        notice.get_by_role("button").click()
        assert notice.count() == 0
        assert heard.errors == []
