"""Points of the draws, kept from one command to the next: they rest on nothing that is assumed.

To load what makes them takes as long as to value half of the cases drawn with them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy

from shortcase.case.thesis import draws
from shortcase.places import place
from shortcase.publish.kept_files import keep, kept
from shortcase.publish.request import Progress

MOST = 32
"""Files that are kept, one a replicate: those of the last four kinds asked for; 128 MB at most."""


@dataclass(frozen=True)
class KeptPoints:
    """A scrambled Sobol sequence by its seed: so many points as they were kept, or made as ever and then kept.

    More points than a portion holds are not kept, so that neither memory nor disk grows with the draws.
    """

    folder: Path
    count: int
    say: Progress

    def __call__(self, seed: int) -> draws.Points:
        """The sequence of one seed, from its beginning."""
        if self.count > draws.PORTION:
            return draws.sobol(seed)
        path = self.path(seed)
        there, body = path.is_file(), kept(path)
        if body is None:
            if there:
                self.say(f"{place(path)} is damaged: its points are made again")
            body = draws.sobol(seed).random(self.count).tobytes()
            keep(path, body, MOST)
        return _AsKept(np.frombuffer(body).reshape(self.count, draws.dimensions()))

    def path(self, seed: int) -> Path:
        """Where they are kept, named by all that they rest on."""
        makers = [scipy.__version__, np.__version__, _RULES, np.little_endian]
        told = json.dumps([*makers, seed, draws.dimensions(), self.count])
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.f8"


_RULES = hashlib.sha256(Path(draws.__file__).read_bytes()).hexdigest()


@dataclass
class _AsKept:
    points: np.ndarray
    taken: int = 0

    def random(self, n: int) -> np.ndarray:
        self.taken += n
        return self.points[self.taken - n : self.taken]
