"""Search of the book: what can be found, gathered while pages are read, and the script that carries it."""
