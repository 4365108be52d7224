"""The Short Case, Recomputed: the calculations behind an executable edition of an essay."""
