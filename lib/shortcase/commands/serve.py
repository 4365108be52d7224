"""The book on a local address, built again whenever a source changes."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

from shortcase.errors import BadRequest
from shortcase.publish.request import Request, chosen, layout

HOST = "127.0.0.1"
NAMES = r"^(localhost|127\.0\.0\.1)$"
"""What a browser may call this machine. A page elsewhere whose name was made to lead here says its own, and is refused:
so-called DNS rebinding."""
LAST_PORT = 65_535
WATCHED = ("book/**/*", "lib/shortcase/**/*.py", "lib/shortcase/facts/tables/*", "_config.yml", "_toc.yml")


def serve(request: Request, port: int) -> int:
    """Build, serve on 127.0.0.1, and build again on every change; a failed build leaves the last good one up.

    Each build is a process of its own, so that it sees the lib as it is now.

    Errors: BadRequest for a port that cannot be had, or a request that no build would take.
    """
    _free(port)
    chosen(request)
    paths = layout(request)
    command = [sys.executable, "-m", "shortcase.cli", "build", "--scenario", request.scenario]
    for setting in request.settings:
        command += ["--set", setting]

    def rebuild() -> None:
        subprocess.run(command, cwd=paths.root, check=False)  # noqa: S603 - our own command line

    server = _server()
    for pattern in WATCHED:
        server.watch(str(paths.root / pattern), rebuild, delay=0.5)
    rebuild()
    server.serve(root=str(paths.html), host=HOST, port=port, restart_delay=0)
    return 0


def _server() -> Any:
    """Livereload's server, for pages whose policy runs no script in their text, and for this machine alone."""
    from livereload import server as livereload  # noqa: PLC0415 - only authors need it
    from tornado.routing import HostMatches, Rule  # noqa: PLC0415
    from tornado.web import Application  # noqa: PLC0415
    from tornado.websocket import WebSocketHandler  # noqa: PLC0415

    from shortcase.publish.site.markup import TEMPLATES  # noqa: PLC0415

    class Told(livereload.LiveReloadHandler):  # type: ignore[misc]
        def check_origin(self, origin: str) -> bool:
            return WebSocketHandler.check_origin(self, origin)

    class Local(livereload.Server):  # type: ignore[misc]
        def application(self, port: int, host: str, **_: Any) -> None:
            class Script(livereload.LiveScriptInjector):  # type: ignore[misc]
                script = TEMPLATES.fill("live_reload.html", port=port).encode()

            Told.watcher = livereload.LiveReloadHandler.watcher = self.watcher
            Told.live_css = livereload.LiveReloadHandler.live_css = True
            handlers = [
                (r"/livereload", Told),
                (r"/livereload.js", livereload.LiveReloadJSHandler),
                *self.get_web_handlers(Script.script),
            ]
            Application([Rule(HostMatches(NAMES), handlers)], transforms=[Script]).listen(port, address=host)

    return Local()


def _free(port: int) -> None:
    """Refuse a port that is none or is taken, before a build has run for nothing."""
    if not 0 < port <= LAST_PORT:
        raise BadRequest(f"{port} is no port", where="--port", mend=f"choose one from 1024 to {LAST_PORT}")
    try:
        with socket.create_server((HOST, port)):
            return
    except OSError as error:
        raise BadRequest(f"Port {port} cannot be had: {error}", where="--port", mend="choose another port") from None
