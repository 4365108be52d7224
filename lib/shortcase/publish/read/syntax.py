"""A chapter's syntax tree, walked once for all who look into it.

What is found is kept with the node, so it goes when the tree goes. It must not be asked for before a tree is finished:
`code.parse` writes some calls under other names first.
"""

from __future__ import annotations

import ast
from collections import deque

CHILDREN, UNDER = "_shortcase_children", "_shortcase_under"


def children(node: ast.AST) -> tuple[ast.AST, ...]:
    """The nodes right below a node, in the order of the source: `ast.iter_child_nodes`, asked once.

    >>> [type(child).__name__ for child in children(ast.parse("a + b", mode="eval").body)]
    ['Name', 'Add', 'Name']
    """
    found: tuple[ast.AST, ...] | None = node.__dict__.get(CHILDREN)
    if found is None:
        found = tuple(ast.iter_child_nodes(node))
        setattr(node, CHILDREN, found)
    return found


def under(node: ast.AST) -> tuple[ast.AST, ...]:
    """A node and all that stands under it, level by level: `ast.walk`, walked once.

    >>> sum(isinstance(inner, ast.Name) for inner in under(ast.parse("a = b + f(c)")))
    4
    """
    found: tuple[ast.AST, ...] | None = node.__dict__.get(UNDER)
    if found is None:
        waiting, seen = deque([node]), list[ast.AST]()
        while waiting:
            first = waiting.popleft()
            seen.append(first)
            waiting.extend(children(first))
        found = tuple(seen)
        setattr(node, UNDER, found)
    return found
