"""The book's sources as they are written: pages, Markdown, roles, conditions, code, and what each result rests on."""
