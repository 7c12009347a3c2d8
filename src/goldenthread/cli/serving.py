"""`goldenthread serve`: the pages, from one process."""

from __future__ import annotations

import socket
from contextlib import closing
from ipaddress import ip_address
from typing import Any

import click

from goldenthread.cli.failures import NO_DATABASE, CommandFailed
from goldenthread.cli.record import open_record

THREADS = 4
PORT = click.IntRange(1, 65535)


@click.command(short_help="Serve the pages.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the pages until you press Ctrl+C.

    The database is started and brought up to date first. To be reached from other machines, choose --host, and name
    in GOLDENTHREAD_HOSTS the host names that people will use.
    """
    refuse_taken(host, port)
    with open_record():
        from goldenthread.record.services.councils import council_register

        if not is_loopback(host) and any(council.demo for council in council_register()):
            raise CommandFailed(
                f"This is the example plan, which anybody could change: it is not served on {host}. Leave --host out."
            )
        run_server(host, port)


def refuse_taken(host: str, port: int) -> None:
    """Raise CommandFailed when the port cannot be listened on: better now than after the database has started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            other = f"Choose another, for example --port {port + 1 if port < 65535 else 8000}."
            said = f"Cannot listen on {host}, port {port}: {error.strerror}. {other}"
            raise CommandFailed(said, NO_DATABASE) from error


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach this address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def run_server(host: str, port: int, opening: str = "Golden Thread is at") -> None:
    """Serve until told to stop. The worker opens its own connections, so ours are closed before it is forked."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    connections.close_all()
    shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host

    def say_where(_: Any) -> None:
        click.echo(f"{opening} http://{shown}:{port}  (Ctrl+C stops it)")

    def start_jobs(worker: Any) -> None:
        """After the fork, so that no connection is shared."""
        from goldenthread.web.workers import JobThread, wants_job_thread

        if wants_job_thread():
            worker.jobs = JobThread()
            worker.jobs.start()

    def stop_jobs(_: Any, worker: Any) -> None:
        if jobs := getattr(worker, "jobs", None):
            jobs.stop()

    settings = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": THREADS,
        "loglevel": "warning",
        "graceful_timeout": 5,
        "when_ready": say_where,
        "post_worker_init": start_jobs,
        "worker_exit": stop_jobs,
    }

    class Pages(BaseApplication):
        """Gunicorn, told by us and not by a file or its own command line."""

        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from goldenthread.web.wsgi import application

            return application

    Pages().run()
