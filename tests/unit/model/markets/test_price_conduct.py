"""`price_conduct` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.markets import market_structure, price_conduct


def test_the_leader_follows_its_share_which_is_a_conduct_of_two_thirds() -> None:
    for share in (0.77, 0.7, 0.57):
        before, now = price_conduct.concentration(0.85), price_conduct.concentration(share)
        conduct = (1.0 - share / 0.85) / (1.0 - now / before)
        assert 0.57 < conduct < 0.71
        own = market_structure.lerner_of_seller(share, 1.1) / market_structure.lerner_of_seller(0.85, 1.1)
        assert price_conduct.margin_under_conduct(0.75, before, now, conduct) == pytest.approx(0.75 * own, rel=1e-12)
