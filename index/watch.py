"""What whoever measures is told. Owns nothing: the default listens to nobody, ``bot.metrics`` counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    def stage(self, name: str, seconds: float) -> None:
        """A stage of one question took so long: retrieve, read, decide."""

    def asked(self, outcome: str) -> None:
        """A question was answered, not told, or failed."""

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.stage(name, time.perf_counter() - began)
