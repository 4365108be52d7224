"""`market_structure` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.markets import market_structure


def test_concentration() -> None:
    # 0.42² + 0.35² + 0.22² = 0.1764 + 0.1225 + 0.0484
    assert market_structure.herfindahl((0.42, 0.35, 0.22)) == pytest.approx(0.3473, rel=1e-12)
    assert market_structure.herfindahl((1.0,)) == 1.0
    assert market_structure.equal_sellers(market_structure.herfindahl([0.25] * 4)) == pytest.approx(4.0)
    assert market_structure.market_share(98.0, 17.2) == pytest.approx(98.0 / 115.2, rel=1e-12)


def test_the_lerner_index_of_one_firm_and_of_a_market() -> None:
    # one seller: the monopoly rule L = 1/ε; and at a share of 0.85 with a margin of 0.75 the firm's rule gives
    # ε = 0.85/0.75 = 1.133, the market's (0.85² + 0.15²)/0.75 = 0.993
    assert market_structure.lerner_market(1.0, 2.0) == 0.5
    assert market_structure.elasticity_implied(0.85, 0.75) == pytest.approx(1.1333333333, rel=1e-9)
    two = market_structure.herfindahl((0.85, 0.15))
    assert market_structure.elasticity_implied(two, 0.75) == pytest.approx(0.745 / 0.75, rel=1e-12)
    # the market's mark-up is the mean of its sellers', weighted by their shares
    of_each = [market_structure.lerner_of_seller(share, 1.2) for share in (0.85, 0.15)]
    assert market_structure.lerner_market(two, 1.2) == pytest.approx(0.85 * of_each[0] + 0.15 * of_each[1], rel=1e-12)
    # a monopolist that maximises (p − c)·p^(−ε) asks c·ε/(ε − 1): the same by search
    price = np.linspace(1.01, 6.0, 500_001)
    best = float(price[np.argmax((price - 1.0) * price**-1.6)])
    assert market_structure.lerner_of_seller(1.0, 1.6) == pytest.approx(1.0 - 1.0 / best, abs=1e-4)
    n = market_structure.sellers_for_margin(0.8, 0.25)
    assert market_structure.lerner_market(1.0 / n, 0.8) == pytest.approx(0.25, rel=1e-12)


def test_rank_counts_only_those_that_have_more() -> None:
    assert market_structure.rank(5.0, (7.0, 3.0, 5.0, 9.0)) == 3.0
    assert market_structure.rank(5.0, ()) == 1.0


def test_equal_sellers_have_no_price_below_the_elasticity_of_their_own_share() -> None:
    # Two sellers at an elasticity of 0.8: 1/(2·0.8). At 0.5 and below each would make less whatever the price.
    found = market_structure.lerner_of_equal_sellers(2.0, np.array([0.8, 0.5, 0.3, 0.0]))
    assert found.tolist() == pytest.approx([0.625, 1.0, 1.0, 1.0])
    assert market_structure.lerner_of_equal_sellers(4.0, 1.0) == market_structure.lerner_market(0.25, 1.0)
