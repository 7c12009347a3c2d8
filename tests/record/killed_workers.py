"""Run as a process of its own: three workers do all the jobs there are, while one or another is killed.

    python killed_workers.py KILLS     (the database and the mail server are in the environment)

Workers are forks, so that a new one costs nothing. Prints how many were killed once no job is left.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import connections  # noqa: E402
from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: E402
from procrastinate.periodic import PeriodicDeferrer  # noqa: E402

from goldenthread.web import jobs  # noqa: E402, F401  (loaded once, before the forks)
from goldenthread.web.workers import run_jobs  # noqa: E402

WORKERS, PATIENCE = 3, 300
chance = random.Random(1938)


async def nothing(_: PeriodicDeferrer) -> None:
    """No work by the clock: within ten minutes of its time the hourly run would be made up for."""


PeriodicDeferrer.worker = nothing  # type: ignore[method-assign]


def start() -> int:
    """A worker that shows signs of life often, so that it is soon missed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        asyncio.run(run_jobs(heartbeat=0.3, stalled_after=1.5))
        os._exit(0)
    return child


def kill(worker: int) -> None:
    """As by kill -9."""
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


def left(*states: str) -> int:
    """How many jobs are in one of these states."""
    return ProcrastinateJob.objects.filter(status__in=states).count()


def main(kills: int) -> None:
    """Until every job is done."""
    workers, killed = [start() for _ in range(WORKERS)], 0
    deadline = time.monotonic() + PATIENCE
    try:
        while left("todo", "doing") and time.monotonic() < deadline:
            time.sleep(chance.uniform(0.1, 0.5))
            if killed < kills and left("doing"):
                victim = chance.randrange(WORKERS)
                kill(workers[victim])
                workers[victim] = start()
                killed += 1
    finally:
        for worker in workers:
            kill(worker)
    print(killed, left("todo", "doing", "failed"))


main(int(sys.argv[1]))
