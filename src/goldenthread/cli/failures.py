"""How commands fail: one sentence that says where and what to do, and an exit status that a script can tell apart."""

from __future__ import annotations

from typing import IO, Any

import click

FINDINGS = 1
WRONG_USAGE = 2
UNREADABLE = 3
NO_DATABASE = 4
OWN_FAULT = 70


class CommandFailed(click.ClickException):
    """A command that cannot do what was asked. The message is a sentence for the person who asked."""

    def __init__(self, message: str, exit_code: int = WRONG_USAGE) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence."""
        click.echo(f"goldenthread: {self.message}", file=file, err=True)


_BY_MODULE_AND_NAME = {
    ("goldenthread.documents.model", "DocumentError"): UNREADABLE,
    ("goldenthread.reading.reader", "NoPlanError"): UNREADABLE,
    ("goldenthread.forecasting.files", "HistoryFileError"): UNREADABLE,
    ("goldenthread.record.errors", "Unreadable"): UNREADABLE,
    ("goldenthread.record.errors", "RecordError"): WRONG_USAGE,
    ("goldenthread.assurance.registry", "UnknownRule"): WRONG_USAGE,
    ("goldenthread.embedded.shared", "EmbeddedServerError"): NO_DATABASE,
    ("django.db.utils", "Error"): NO_DATABASE,
    ("psycopg", "Error"): NO_DATABASE,
}
"""The exit status of each family of errors, by where it is defined: so that nothing is imported only to be caught."""


def failure_of(error: Exception) -> CommandFailed:
    """The failure that this error means for a command."""
    for kind in type(error).__mro__:
        status = _BY_MODULE_AND_NAME.get((kind.__module__, kind.__name__))
        if status is not None:
            return CommandFailed(_sentence(error), status)
    if isinstance(error, OSError) and error.filename:
        return CommandFailed(f"{error.filename}: {error.strerror}.", UNREADABLE)
    return CommandFailed(f"a fault of its own, {type(error).__name__}: {_sentence(error)}", OWN_FAULT)


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
