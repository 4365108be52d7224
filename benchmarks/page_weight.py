"""What a page weighs and how soon it is there, in Chromium. Run it with `python benchmarks/page_weight.py`.

For each page, cold and served compressed: requests and kilobytes before the first chart and with it, elements, and on a
processor slowed four times the largest paint, the time that scripts block, the shift of the layout and the first chart
that is live. `--beside FOLDER` measures another site of the same pages, such as Jupyter Book's own output. The results
stand in benchmarks/results/page_weight.json, which Method shows.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
RESULTS = ROOT / "benchmarks" / "results" / "page_weight.json"
SLOWER, ROUNDS = 4, 3
"""By how much the processor is slowed; how often each page of ours is opened, of which the medians are told."""
PHONE = {"width": 390, "height": 844}
OBSERVE = """
(() => {
  const seen = (window.seen = { paint: 0, shift: 0, blocked: 0 });
  const on = (type, tell) =>
    new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true });
  on("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  on("layout-shift", (entry) => (seen.shift += entry.hadRecentInput ? 0 : entry.value));
  on("longtask", (entry) => (seen.blocked += Math.max(entry.duration - 50, 0)));
})();
"""
FIRST_CHART = 'document.querySelector("figure.vl").scrollIntoView()'
DRAWN = 'document.querySelector(".vl-live svg, .vega-embed svg, .vega-embed canvas") !== null'


class Compressed(http.server.SimpleHTTPRequestHandler):
    """A file server that compresses as most do."""

    def do_GET(self) -> None:
        """A file, compressed, but for pictures."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser that goes away in the middle of an answer
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A site at an address of its own."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Compressed, directory=folder.as_posix())
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def measured(browser: Browser, address: str) -> dict[str, Any]:
    """One page, opened cold: what it asked for, and how soon it stood."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(OBSERVE)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    found: dict[str, Any] = {
        "requests": len(sizes),
        "kb": round(sum(sizes) / 1000, 1),
        "elements": page.evaluate("document.querySelectorAll('*').length"),
        **seen(page),
    }
    live = first_chart(page) if page.locator("figure.vl").count() else None
    if live is not None:
        found["first_chart_s"] = live
        found["chart_kb"] = round(sum(sizes) / 1000, 1)
        found["chart_requests"] = len(sizes)
    context.close()
    return found


def middle(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of each figure over the rounds.

    >>> middle([{"paint_s": 0.6}, {"paint_s": 1.4}, {"paint_s": 0.7}])
    {'paint_s': 0.7}
    """
    return {key: statistics.median(row[key] for row in rounds) for key in rounds[0]}


def seen(page: Page) -> dict[str, float]:
    """The largest paint and the time that scripts blocked, in seconds, and the shift of the layout."""
    told = page.evaluate("window.seen")
    return {
        "paint_s": round(told["paint"] / 1000, 2),
        "blocked_s": round(told["blocked"] / 1000, 2),
        "shift": round(told["shift"], 4),
    }


def first_chart(page: Page) -> float | None:
    """Seconds from the first chart in sight to its being live; None where it stays a picture, as in a plain book."""
    begun = page.evaluate(f"(() => {{ const now = performance.now(); {FIRST_CHART}; return now; }})()")
    for _ in range(400):
        if page.evaluate(DRAWN):
            return round((page.evaluate("performance.now()") - begun) / 1000, 2)
        page.wait_for_timeout(20)
    return None


def pages(site: Path) -> list[str]:
    """The pages of a site, the landing first."""
    names = sorted(path.stem for path in (site / "book").glob("*.html"))
    return sorted(names, key=lambda name: name != "index")


def main() -> int:
    """Measure every page, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, help="another site with the same pages, to be measured as well")
    given = parser.parse_args()
    sites = {"pages": SITE} | ({"beside": given.beside} if given.beside else {})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        told: dict[str, Any] = {"chromium": browser.version, "slower": SLOWER}
        for key, site in sites.items():
            with served(site) as home:
                rounds = ROUNDS if key == "pages" else 1
                told[key] = {
                    name: middle([measured(browser, f"{home}/book/{name}.html") for _ in range(rounds)])
                    for name in pages(site)
                }
        browser.close()
    if "beside" not in told and RESULTS.is_file():
        told["beside"] = json.loads(RESULTS.read_text(encoding="utf-8")).get("beside", {})
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for key in sites:
        for name, row in told[key].items():
            print(f"{key:7} {name:52} {row}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
