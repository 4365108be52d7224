"""`server_power` against figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.chips import cost_per_flop, server_power


def test_power_of_an_accelerator_with_its_share_of_the_server() -> None:
    # Nvidia's data sheet of the DGX H100: at most 10.2 kW for eight H100 of 700 W; so 575 W each around the chip
    assert server_power.watts_each(10_200.0, 8.0) == pytest.approx(1_275.0, rel=1e-12)
    assert server_power.watts_of_another(10_200.0, 8.0, 700.0, 0.0) == pytest.approx(575.0, rel=1e-12)
    assert server_power.watts_of_another(10_200.0, 8.0, 700.0, 750.0) == pytest.approx(1_325.0, rel=1e-12)


def test_a_petaflop_in_its_server() -> None:
    assert cost_per_flop.installed_usd_per_pflop(30_000.0, 9_582.0, 989.55e12) == pytest.approx(40_000.0, rel=1e-12)
