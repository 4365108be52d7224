"""Who shares a market: concentration, conduct, entry, switching, leads that fade, customers' own chips."""
