"""The site: Sphinx with the book's own roles, directives, tables and generated pages, rendered and checked."""
