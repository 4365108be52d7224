"""Checks a finished site, or two that should be the same: `python -m shortcase.publish.site.site_check A [B]`.

Of one site: no page needs another host, and every link inside the site leads to a page and an anchor that are there.
Of two: they hold the same files, byte for byte. Exit codes: 0 good, 1 something is wrong, 2 the request was wrong.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shortcase.errors import BadRequest
from shortcase.publish.fingerprint import VARYING

LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "embed": ("src",),
    "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "object": ("data",), "input": ("src",),
    "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
}  # fmt: skip
"""Attributes that make a browser fetch something."""
FETCHING = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
"""Kinds of <link> that make a browser fetch something, or call on a host."""
CSS_LOAD = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
MODULE_LOAD = re.compile(
    r"""(?:\bimport\s*\(\s*|\bimport\s*(?:[\w*{][^'";()]{0,200}?\bfrom\s*)?|\bimportScripts\(\s*|\bfetch\(\s*)"""
    r"""['"]((?:https?:)?//[^'"]+)['"]"""
)


@dataclass
class _Page(HTMLParser):
    """What one page fetches, links to, and can be linked at."""

    loads: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    base: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value is not None}
        line = self.getpos()[0]
        self.inside = tag if tag in ("script", "style") else ""
        self.anchors |= {given[name] for name in ("id", "name") if given.get(name)}
        for name in LOADS.get(tag, ()):
            if name in given:
                parts = given[name].split(",") if name == "srcset" and "data:" not in given[name] else [given[name]]
                self.loads += [(line, part.split()[0]) for part in parts if part.strip()]
        if tag == "link" and "href" in given:
            fetched = FETCHING.intersection(given.get("rel", "").lower().split())
            (self.loads if fetched else self.links).append((line, given["href"]))
        if tag in ("a", "area") and "href" in given:
            self.links.append((line, given["href"]))
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh" and "url=" in given.get("content", ""):
            self.links.append((line, given["content"].split("url=", 1)[1]))
        self.loads += [(line, url) for url in _css(given.get("style", ""))]

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        if self.inside == "style":
            self.loads += [(line, url) for url in _css(data)]
        elif self.inside == "script":
            self.loads += [(line, found[1]) for found in MODULE_LOAD.finditer(data)]

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside


def _css(text: str) -> list[str]:
    return [found[1] or found[2] for found in CSS_LOAD.finditer(text)]


def problems(site: Path) -> Iterator[str]:
    """Everything wrong in one site: what it needs from elsewhere, and links that lead nowhere."""
    pages = {path.relative_to(site).as_posix(): _parsed(path) for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page in pages.items():
        for line, url in page.loads:
            if _foreign(url):
                yield f"{name}:{line}: loads {url} from another host"
            elif (wrong := _missing(name, url, files, {})) is not None:
                yield f"{name}:{line}: loads {wrong}"
        for line, url in page.links:
            if not _foreign(url) and (wrong := _missing(name, url, files, pages)) is not None:
                yield f"{name}:{line}: links to {wrong}"
    yield from _loaded_by_files(site)


def _loaded_by_files(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.css")):
        name = path.relative_to(site).as_posix()
        for url in _css(path.read_text(encoding="utf-8", errors="replace")):
            if _foreign(url):
                yield f"{name}: loads {url} from another host"
    for path in sorted({*site.rglob("*.js"), *site.rglob("*.mjs")}):
        for found in MODULE_LOAD.finditer(path.read_text(encoding="utf-8", errors="replace")):
            yield f"{path.relative_to(site).as_posix()}: loads {found[1]} from another host"


def _parsed(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def _foreign(url: str) -> bool:
    parts = urlsplit(url.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data", "blob", "about")


def _missing(name: str, url: str, files: set[str], pages: dict[str, _Page]) -> str | None:
    """Where an address inside the site leads nowhere, the address as it resolves."""
    parts = urlsplit(url.strip())
    if parts.scheme:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return f"{url}, which a site in a subfolder does not have"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target.startswith(".."):
        return f"{url}, which is outside the site"
    if target not in files:
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return f"{url}, which is not there"
    anchor = unquote(parts.fragment)
    if anchor and anchor != "top" and target in pages and anchor not in pages[target].anchors:
        return f"{url}, where there is no #{anchor}"
    return None


def differences(one: Path, other: Path) -> Iterator[str]:
    """Files of which only one site has any, or whose bytes differ; but for the one that tells when it was built."""
    mine, theirs = ({p.relative_to(s).as_posix() for p in s.rglob("*") if p.is_file()} for s in (one, other))
    for name in sorted(mine ^ theirs):
        yield f"{name}: only in {one if name in mine else other}"
    for name in sorted(mine & theirs):
        if not name.endswith(VARYING.as_posix()) and (one / name).read_bytes() != (other / name).read_bytes():
            yield f"{name}: differs between {one} and {other}"


def main(arguments: Sequence[str]) -> int:
    """Check the sites named on the command line."""
    if not 1 <= len(arguments) <= 2 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    sites = [Path(argument) for argument in arguments]
    for site in sites:
        if not (site / "index.html").is_file():
            print(BadRequest("There is no site", where=str(site), mend="build the book first"), file=sys.stderr)
            return 2
    found = list(problems(sites[0]))
    if len(sites) == 2:
        found += differences(*sites)
    for problem in found:
        print(problem, file=sys.stderr)
    pages = sum(1 for _ in sites[0].rglob("*.html"))
    what = "needs no other host; every link in it resolves" + ("; both builds are the same" if len(sites) == 2 else "")
    print(f"{len(found)} problems in {sites[0]}" if found else f"{pages} pages: the site {what}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
