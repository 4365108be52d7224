"""Parameters, claims and scenarios: what a reader may change and what the essay said."""
