"""Running jobs: in a thread beside the pages, or in processes of their own (`goldenthread worker`)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import structlog
from django.db import connections
from procrastinate import App, JobContext
from procrastinate.contrib.django import app as tasks
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException, ProcrastinateException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

IN_PROCESS = "GOLDENTHREAD_IN_PROCESS_WORKER"
CONNECTIONS = 4
REST = 5.0
"""Seconds before a worker that lost the database tries again."""
log = structlog.get_logger()


async def run_jobs(*, concurrency: int = 1, heartbeat: float = 10, stalled_after: float = 30) -> None:
    """Run jobs until cancelled, or until the database goes away.

    Args:
        concurrency: Jobs at a time.
        heartbeat: Seconds between signs of life.
        stalled_after: Seconds without one after which a worker counts as dead, and its jobs are taken up again.
    """
    async with _worker_app(concurrency).open_async() as app:
        rescuing = asyncio.create_task(_take_up_stalled(app, stalled_after))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                delete_jobs="successful",
                install_signal_handlers=False,
                task_middleware=[_close_connections],
                update_heartbeat_interval=heartbeat,
                stalled_worker_timeout=stalled_after,
                shutdown_graceful_timeout=REST,
            )
        finally:
            rescuing.cancel()
            with suppress(asyncio.CancelledError):
                await rescuing


class JobThread(Thread):
    """Runs jobs until stopped, `concurrency` at a time. Start it after a fork: connections are not shared."""

    def __init__(self, concurrency: int = 1) -> None:
        super().__init__(name="jobs", daemon=True)
        self._concurrency = concurrency
        self._stopping = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Run jobs, and again whenever the database has been away."""
        while not self._stopping.is_set():
            try:
                asyncio.run(self._run())
            except asyncio.CancelledError:
                return
            except Exception:
                log.exception("the job thread stopped and starts again")
            self._stopping.wait(REST)

    def stop(self, patience: float = REST) -> None:
        """Let the job that is running come to its end, for so many seconds at most."""
        self._stopping.set()
        if self._loop and self._running:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._running.cancel)
        self.join(patience)

    async def _run(self) -> None:
        self._loop, self._running = asyncio.get_running_loop(), asyncio.current_task()
        if not self._stopping.is_set():
            await run_jobs(concurrency=self._concurrency)


def wants_job_thread() -> bool:
    """Whether the process that serves pages is to run jobs too: unless GOLDENTHREAD_IN_PROCESS_WORKER is 0."""
    return os.environ.get(IN_PROCESS, "1") != "0"


def _close_connections(run: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Run a job and close what it opened: its thread may never run another, and nobody else can close for it."""
    try:
        return run()
    finally:
        connections.close_all()


def _worker_app(concurrency: int) -> App:
    """The same tasks on asynchronous connections. What a job itself defers goes through Django, in its transaction."""
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=max(CONNECTIONS, concurrency + 3)
    )
    return tasks.with_connector(connector)


async def _take_up_stalled(app: App, stalled_after: float) -> None:
    """Give the jobs of dead workers to living ones, for ever."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after):
                with suppress(ConnectorException):  # another worker was quicker
                    await app.job_manager.retry_job(job)
        except ProcrastinateException:
            log.warning("stalled jobs could not be looked for", exc_info=True)
        await asyncio.sleep(stalled_after)
