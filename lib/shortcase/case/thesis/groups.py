"""The uncertain inputs of the valuation in groups whose members hang together."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "Growth of spending": ("demand_growth", "growth_half_life_years"),
    "What can be paid": ("ai_output_share", "chip_cost_share", "customer_margin",
        "world_output_usd", "world_output_growth"),
    "Efficiency": (
        "efficiency_real_share", "demand_elasticity", "adoption_half_time_months", "inference_sales_share",
        "efficiency_chance",
    ),
    "Rivals' chips": (
        "large_buyers_share", "own_chip_performance", "performance_spread", "own_silicon_half_time_years",
        "merchant_rival_ceiling", "newcomers_half_time_years", "customers_chance", "architecture_chance",
        "h100_price_usd", "nvidia_hardware_margin", "design_partner_margin", "chip_design_usd", "chip_volume",
        "server_usd_per_accelerator", "power_overhead", "electricity_usd_per_kwh", "space_usd_per_kw_month",
        "cost_of_capital", "hardware_life_years",
    ),
    "Software and foundry": (
        "porting_penalty", "portability_half_time_years", "reach_when_portable", "rival_packages_per_wafer",
        "rival_chip_performance", "rival_wafer_gain", "nvidia_package_yield",
        "open_partner_margin", "software_chance", "foundry_chance",
    ),
    "Price and margin": (
        "price_conduct", "opening_gross_margin", "unit_cost_rise", "other_segments_margin", "other_growth",
        "expenses_scale", "company_tax_rate", "sales_to_capital",
    ),
    "After the horizon": (
        "equity_discount_rate", "long_run_growth", "return_on_new_capital", "exit_multiple",
        "spread_persistence", "design_escalation",
    ),
}  # fmt: skip
"""The uncertain parameters by subject; each stands in one group."""

KEPT = ("efficiency_multiple", "claimed_inference_efficiency", "threat_correlation")
"""Not drawn: what the essay claims is not uncertain, only how much of it is real; and how the threats are joined."""
