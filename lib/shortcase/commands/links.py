"""`python -m shortcase.commands.links` asks each address that the book cites whether it is still there.

A source that is gone no reader can follow. An answer that is no (404, 410), or no such host, is told with each place
that cites it, and the exit code is 1; a server that keeps machines out (403, 429) or is ill that day proves nothing.
"""

from __future__ import annotations

import re
import socket
import sys
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shortcase.facts import schemas
from shortcase.places import ours, place, root, text

ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\],;]+")
GONE = (404, 410)
PATIENCE_S = 30.0
AT_ONCE = 8
AGENT = "Mozilla/5.0 (link check of a book)"


def cited(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Every address in some files, with each place (file and line) that has it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for number, line in enumerate(text(path).splitlines(), start=1):
            for address in ADDRESS.findall(line):
                found[_ended(address)].append(place(path, number))
    return dict(found)


def _ended(address: str) -> str:
    """The address without what ends the sentence or the bracket around it.

    >>> _ended("https://a.example/b_(c)"), _ended("https://a.example/b).")
    ('https://a.example/b_(c)', 'https://a.example/b')
    """
    address = address.rstrip(".:!?*")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".:!?*")
    return address


def asked(address: str) -> str | None:
    """Why an address is gone; None where it is there, or where nothing is proved."""
    try:
        request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - ADDRESS has http alone
        with urllib.request.urlopen(request, timeout=PATIENCE_S):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.reason}" if error.code in GONE else None
    except urllib.error.URLError as error:
        return "there is no such host" if isinstance(error.reason, socket.gaierror) else None
    except (OSError, ValueError):
        return None


def gone(addresses: Mapping[str, list[str]], ask: Callable[[str], str | None] = asked) -> list[str]:
    """What is gone, a line for each place that cites it."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, addresses))
    return [
        f"{where}: {address}: {why}"
        for (address, places), why in zip(addresses.items(), answers, strict=True)
        if why is not None
        for where in places
    ]


def sources() -> list[Path]:
    """The files that cite: pages, references, parameters, scenarios and tables of facts."""
    book = root() / "book"
    folders = ((book, ("*.md", "*.bib", "*.yml", "*.csv")), (book / "scenarios", ("*.yml",)))
    found = [path for folder, patterns in folders for pattern in patterns for path in ours(folder, pattern)]
    return found + [path for pattern in ("*.csv", "*.yml") for path in ours(schemas.TABLES, pattern)]


def main() -> int:
    """Ask, and tell what is gone."""
    addresses = cited(sources())
    told = gone(addresses)
    print("\n".join([*told, f"{len(addresses)} addresses asked, {len(told)} places cite one that is gone."]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
