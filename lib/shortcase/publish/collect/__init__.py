"""What the executed chapters recorded, gathered for the pages that show it."""
