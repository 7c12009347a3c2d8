"""How long something takes, said in a way that can be compared: p50, p95, how often, on what."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """The times of one piece of work, in milliseconds."""

    name: str
    p50: float
    p95: float
    count: int

    def __str__(self) -> str:
        return f"{self.name:<44} p50 {self.p50:8.1f} ms   p95 {self.p95:8.1f} ms   n {self.count}"


def measure(name: str, work: Callable[[], object], *, count: int = 30, warm_up: int = 2) -> Timing:
    """The times of some work after a warm-up."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(count):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return Timing(name, statistics.median(times), statistics.quantiles(times, n=20)[18], count)


def machine() -> str:
    """What the numbers were measured on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
