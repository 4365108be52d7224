"""How quick and how heavy the live pages are, in Chromium. Run it with `python benchmarks/live_pages.py`.

For each page: the weight of its scripts, compressed; how long the scripts take to be ready, the bar to open, and a move
to be computed and written, median and 95th percentile of many; and how long from a move to the next frame on a
processor that is slowed four times. On the page of your own case: how long it takes to draw cases, and the longest
slice in which that holds the page. The results stand in benchmarks/results/live_pages.json, which Method shows.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
RESULTS = ROOT / "benchmarks" / "results" / "live_pages.json"
SLOWER = 4
MOVES = 60

UPDATE = """
(moves) => {
  const name = shortcase.ranked(Object.keys(shortcase.state.now.point)
    .filter((name) => shortcase.address.known().get(name)[3] === "float"))[0];
  const [value, least, most] = shortcase.address.known().get(name);
  const times = [];
  for (let i = 0; i < moves; i += 1) {
    const x = Math.min(Math.max(value * (0.8 + (0.4 * i) / moves), least), most);
    const begun = performance.now();
    shortcase.move([[name, x]], {remember: false});
    times.push(performance.now() - begun);
  }
  shortcase.move([[name, undefined]], {remember: false});
  return times;
}
"""
DRAW = """
async (count) => {
  const { valuing } = shortcase;
  const { uncertain, about } = valuing.chain();
  const ranges = Object.fromEntries(uncertain.map((name) => [name, [about[name].low, about[name].high]]));
  let longest = 0;
  const going = valuing.slicer(valuing.begin(), (held) => { longest = Math.max(longest, held); });
  const begun = performance.now();
  await valuing.drawn(valuing.values(new Map()), ranges, count, 1, going, () => {});
  return [performance.now() - begun, longest];
}
"""
CASE, FIRST, ALL = "your_case", 512, 4096
OPEN = """
() => {
  const begun = performance.now();
  document.querySelector(".wi-open").click();
  document.querySelector(".what-if").getBoundingClientRect();
  return performance.now() - begun;
}
"""
FRAME = """
() => new Promise((tell) => requestAnimationFrame(() => {
  const slider = document.querySelector(".wi-par input[type=range]");
  slider.value = Number(slider.value) + 7;
  const begun = performance.now();
  slider.dispatchEvent(new Event("input", {bubbles: true}));
  requestAnimationFrame(() => tell(performance.now() - begun));
}))
"""


def main() -> int:
    """Measure every page that has a script of its own, and write the results."""
    pages = sorted(path.stem for path in (SITE / "book").glob("*.html") if (LIVE / f"{path.stem}.js").is_file())
    if not pages:
        sys.stderr.write("No page of _build/html answers. To put it right: make book\n")
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        rows = {name: measured(browser, name) for name in pages}
        case = drawn(browser) if CASE in pages else {}
        version = browser.version
        browser.close()
    told = {"chromium": version, "runtime_kb": kilobytes(RUNTIME), "pages": rows, "case": case}
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for name, row in rows.items():
        sys.stdout.write(f"{name:52} {row}\n")
    return 0


LIVE = SITE / "_static" / "live"
RUNTIME = ("runtime", "registry")


def kilobytes(names: tuple[str, ...]) -> float:
    """The weight of scripts, each compressed as a server does."""
    found = [LIVE / f"{name}.js" for name in names]
    return round(sum(len(gzip.compress(path.read_bytes(), 9)) for path in found if path.is_file()) / 1000, 1)


def measured(browser: Browser, name: str) -> dict[str, Any]:
    """One page, opened from its file as any reader may."""
    page = opened_page(browser, name)
    opened = page.evaluate(OPEN)
    times = sorted(page.evaluate(UPDATE, MOVES))
    found = {
        "script_kb": kilobytes((name, f"{name}.charts")),
        "open_ms": round(opened, 1),
        "update_ms": round(times[len(times) // 2], 2),
        "update_p95_ms": round(times[int(len(times) * 0.95)], 2),
        "frame_slowed_ms": slowed(page),
    }
    page.close()
    return found


def opened_page(browser: Browser, name: str) -> Page:
    """A page that has come to life. Its policy lets no text be run as a script, so that it is asked again and again."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((SITE / "book" / f"{name}.html").as_uri())
    while not page.evaluate("Boolean(window.shortcase && shortcase.state && shortcase.state.changes)"):
        time.sleep(0.05)
    return page


def drawn(browser: Browser) -> dict[str, float]:
    """Milliseconds in which your own case draws its first cases and all of them, medians of five; its longest slice."""
    page = opened_page(browser, CASE)
    found = {}
    for key, count in (("first_ms", FIRST), ("all_ms", ALL)):
        times = sorted(page.evaluate(DRAW, count) for _ in range(5))
        found[key] = round(times[2][0], 1)
        found["longest_ms"] = round(max(found.get("longest_ms", 0.0), *(longest for _, longest in times)), 1)
    page.close()
    return found


def slowed(page: Page) -> float:
    """Milliseconds from a move to the frame that shows it, the processor four times slower; the median of nine."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = sorted(page.evaluate(FRAME) for _ in range(9))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return round(float(times[4]), 1)


if __name__ == "__main__":
    raise SystemExit(main())
