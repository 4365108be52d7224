"""What a request to end does to a command, however it is made and wherever it falls."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any


def end_as_interrupted() -> None:
    """A request to end, or a terminal that goes away, is what an interrupt is: what was begun is cleared away."""
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
                signal.signal(getattr(signal, name), signal.default_int_handler)


def ask_again(unraisable: Any) -> None:
    """An interrupt that fell into what cannot raise it is raised as soon as it can be, and not told as ignored.

    A library's C code, or the end of an object, may swallow an exception and go on with what it had half made.
    """
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        # A moment later, or it would be raised in here; by SIGTERM, since a shell may have SIGINT ignored.
        again = threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGTERM))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(unraisable)
