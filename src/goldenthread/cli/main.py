"""The command `goldenthread`: its subcommands, and how their failures are told.

Exit status: 0 done, 1 a check found something or a chain is broken, 2 asked wrongly, 3 a document that cannot be read,
4 the database or the server cannot be had, 70 a fault of Golden Thread's own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from goldenthread import __version__
from goldenthread.cli.backtesting import backtest
from goldenthread.cli.calendar import calendar
from goldenthread.cli.changes import changes
from goldenthread.cli.checking import check
from goldenthread.cli.contradictions import contradictions
from goldenthread.cli.coverage import coverage
from goldenthread.cli.demonstrating import demo
from goldenthread.cli.examining import doctor
from goldenthread.cli.explaining import explain_ratings
from goldenthread.cli.explaining_rules import explain
from goldenthread.cli.exporting import export
from goldenthread.cli.failures import OWN_FAULT, CommandFailed, failure_of
from goldenthread.cli.forecasting import forecast
from goldenthread.cli.importing import import_
from goldenthread.cli.issuing import issued
from goldenthread.cli.letters import check_letter
from goldenthread.cli.publishing import publish
from goldenthread.cli.reading import read
from goldenthread.cli.reporting import report
from goldenthread.cli.sampling import sample
from goldenthread.cli.serving import serve
from goldenthread.cli.verifying import verify
from goldenthread.cli.working import worker

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="goldenthread", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="When something fails, show where in the program.")
def cli(debug: bool) -> None:
    """The system of record for a council's improvement plan.

    GOLDENTHREAD_HOME names the data folder (.goldenthread in this folder if it is not set).
    """


for command in (
    read,
    check,
    coverage,
    contradictions,
    explain,
    import_,
    export,
    report,
    issued,
    publish,
    changes,
    check_letter,
    calendar,
    explain_ratings,
    forecast,
    sample,
    backtest,
    verify,
    serve,
    worker,
    demo,
    doctor,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that was typed, and end the process with its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = cli.main(given, prog_name="goldenthread", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        if "--debug" in given:
            raise
        failed = failure_of(error)
        hint = " Run it again with --debug to see where." if failed.exit_code == OWN_FAULT else ""
        CommandFailed(failed.message + hint, failed.exit_code).show()
        sys.exit(failed.exit_code)
    sys.exit(status if isinstance(status, int) else 0)
