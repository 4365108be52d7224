"""`switching_cost` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.markets import switching_cost
from shortcase.model.markets.switching_cost import Move

MOVE = Move(porting_usd=25e6, upkeep_share=0.3, moved_share=0.5, rate=0.1, years=4.0)


def test_only_the_difference_of_margins_is_saved() -> None:
    # By hand: made for 25, sold for 100 or for 50; at nine tenths, 10 and 20.
    assert switching_cost.price_fall(0.75, 0.5) == pytest.approx(0.5)
    assert switching_cost.price_fall(0.9, 0.5) == pytest.approx(0.8)
    assert switching_cost.price_fall(0.6, 0.6) == pytest.approx(0.0)


def test_a_port_is_work_times_pay() -> None:
    # By hand: 500 kernels at 4 weeks are 2,000 weeks, 38.46 years, at 650,000 each 25 million.
    assert switching_cost.porting_usd(500.0, 4.0, 650e3) == pytest.approx(25e6)


def test_at_the_break_even_bill_the_net_present_value_is_nothing() -> None:
    bill = switching_cost.break_even_bill_usd(MOVE, 0.1)
    # By a second route: the flows of four years, one by one.
    flows = [0.5 * 0.1 * bill - 0.3 * 25e6] * 4
    assert sum(f / 1.1**t for t, f in enumerate(flows, start=1)) == pytest.approx(25e6, rel=1e-9)
    assert switching_cost.net_present_value_usd(MOVE, bill, 0.1) == pytest.approx(0.0, abs=1e-3)
    assert switching_cost.saving_for(MOVE, bill) == pytest.approx(0.1)
    assert switching_cost.yearly_cost_usd(MOVE) == pytest.approx(0.05 * bill)


def test_no_bill_is_large_enough_where_nothing_is_saved() -> None:
    assert switching_cost.saving_on_work(0.8, 0.75) < 0
    assert switching_cost.break_even_bill_usd(MOVE, -0.01) < 0


def test_a_layer_costs_as_much_as_ports_at_that_number_of_users() -> None:
    n = switching_cost.sharers_from_which_a_layer_pays(3.0, 65e6, 25e6)
    assert 2.0 * n * 25e6 == pytest.approx(3.0 * 65e6)
