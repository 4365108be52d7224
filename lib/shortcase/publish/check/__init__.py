"""Everything that can be told to be wrong before a chapter runs."""
