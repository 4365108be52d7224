"""The address at which the site is published: the one thing about it that nobody knows who builds it.

It stands in one place, `html: baseurl:` of `_config.yml`, or for one build in the environment, as a job that publishes
has it. From it come the canonical address of each page and what a shared link shows. Where nobody gives it no page says
anything of the kind, since it would be false.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from shortcase.errors import BadRequest

SETTING = "SHORTCASE_ADDRESS"
"""Environment variable that goes before what `_config.yml` says."""
MEND = "write it as https://name.example/folder/, or leave it empty"


def asked() -> str:
    """The address that the environment gives, or nothing.

    Errors: BadRequest for what is no address of a site.
    """
    given = os.environ.get(SETTING, "")
    if given and not sound(given):
        raise BadRequest(f"{given!r} is no address of a site", where=SETTING, mend=MEND)
    return given


def sound(address: str) -> bool:
    """Whether this is the whole address of a site, without a query or a fragment.

    >>> [sound(one) for one in ("https://a.example/book", "a.example", "https:///x", "https://a.example/?x=1")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment


def joined(address: str, path: str = "") -> str:
    """Where a book of the site lies; nothing where the site's own address is not known.

    >>> joined("https://a.example", "scenarios/bear/"), joined("", "scenarios/bear/")
    ('https://a.example/scenarios/bear/', '')
    """
    return f"{address.rstrip('/')}/{path}" if address else ""
