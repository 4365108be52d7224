"""The drawing library that the site serves itself, so that no page asks another host for anything.

Vega comes out of vl-convert, the library that also draws the still pictures, so both draw with the same version.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from shortcase.publish import files
from shortcase.show import theme

VEGA = Path("vega") / "vega.js"
NOTICE = Path("vega") / "NOTICE.txt"

SNIPPET = "window.vegaEmbed = vegaEmbed;"

NOTICES = """\
vega/vega.js bundles Vega {vega}, Vega-Lite and Vega-Embed {embed} (https://vega.github.io), copyright University of
Washington Interactive Data Lab and contributors, BSD-3-Clause; d3 (https://d3js.org), copyright Mike Bostock, ISC;
and their dependencies, as vl-convert-python {convert} carries them.
"""


def serve(kept: Path, static: Path) -> None:
    """Put the scripts among the static files of a site; `kept` is where they stay from one build to the next."""
    folder = write(kept)
    (static / VEGA).parent.mkdir(exist_ok=True)
    for name in (VEGA, NOTICE):
        shutil.copyfile(folder / name, static / name)


def write(folder: Path) -> Path:
    """Write the scripts into a folder; what is there already, and whole, stays."""
    wanted: dict[Path, Callable[[], bytes]] = {VEGA: vega, NOTICE: notices}
    sums = folder / f".{stamp()}.json"
    if _kept(folder, sums, wanted):
        return folder
    if folder.is_dir():  # what an older edition served does not stay
        files.remove(folder)
    made = {name: make() for name, make in wanted.items()}
    for name, content in made.items():
        files.write(folder / name, content)
    files.write(sums, json.dumps({name.as_posix(): _digest(content) for name, content in made.items()}) + "\n")
    return folder


def _kept(folder: Path, sums: Path, wanted: Iterable[Path]) -> bool:
    """Whether each script is there as it was written: a file that was cut short would silence every chart."""
    try:
        told = json.loads(sums.read_text(encoding="utf-8"))
        return all(told[name.as_posix()] == _digest((folder / name).read_bytes()) for name in wanted)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stamp() -> str:
    """A name for what the scripts are made of: it changes when a version or the look does."""
    parts = metadata.version("vl-convert-python"), SNIPPET, look()
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def vega() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as one script, kept to itself but for `window.vegaEmbed`."""
    import vl_convert  # noqa: PLC0415 - a whole renderer, which a build that has kept the scripts does not load

    bundle: str = vl_convert.javascript_bundle(SNIPPET)
    # Its module-level names would otherwise meet those of the theme's own scripts.
    return f"(()=>{{\n{bundle}\nwindow.chartLook={look()};\n}})();\n".encode()


def look() -> str:
    """The charts' look at both widths, for `charts.js`."""
    wide, narrow = theme.PICTURES
    told = {
        "narrow": theme.config(narrow),
        "wide": theme.config(wide),
        "narrow_below": theme.NARROW,
    }
    return json.dumps(told, separators=(",", ":"))


def notices() -> bytes:
    """Whose work the scripts are, and under which licence."""
    import vl_convert  # noqa: PLC0415 - as above

    versions = {
        "vega": vl_convert.get_vega_version(),
        "embed": vl_convert.get_vega_embed_version(),
        "convert": metadata.version("vl-convert-python"),
    }
    return NOTICES.format(**versions).encode()
