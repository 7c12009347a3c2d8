"""`goldenthread worker`: runs jobs in a process of its own."""

from __future__ import annotations

import signal
from threading import Event

import click

from goldenthread.cli.record import open_record


@click.command(short_help="Run jobs: reminders and mail.")
@click.option("--jobs", type=click.IntRange(1, 32), default=1, show_default=True, help="How many at a time.")
def worker(jobs: int) -> None:
    """Run jobs until you press Ctrl+C: what the reporting cycle does by itself, and mail.

    The pages run jobs too, unless GOLDENTHREAD_IN_PROCESS_WORKER is 0. Any number of workers may run beside each other.
    """
    with open_record():
        from goldenthread.web.workers import JobThread

        stopping = Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: stopping.set())
        thread = JobThread(jobs)
        thread.start()
        click.echo("Running jobs (Ctrl+C stops it)")
        stopping.wait()
        thread.stop()
