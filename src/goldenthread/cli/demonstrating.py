"""`goldenthread demo`: the example plan, open in the browser, on this machine only."""

from __future__ import annotations

import os
from datetime import date

import click

from goldenthread.cli.record import open_record
from goldenthread.cli.serving import PORT, refuse_taken, run_server
from goldenthread.cli.showing import counted, working

OPENED_ON = date(2022, 6, 7)
"""The day that it is in the demonstration: that on which Council approved the plan that the example follows."""
HOST = "127.0.0.1"
NAME = "goldenthread demo"


@click.command(short_help="Open the example plan.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="The port to listen on.")
@click.option("--load-only", is_flag=True, help="Load the example plan and stop.")
def demo(port: int, load_only: bool) -> None:
    """Load the example plan and serve it on this machine, signed in, as it stood on 7 June 2022.

    It has a data folder of its own, the folder demo inside GOLDENTHREAD_HOME. Delete that to begin again.
    """
    if not load_only:
        refuse_taken(HOST, port)
    _enter_demonstration()
    with open_record():
        loaded = load_example()
        click.echo(loaded)
        if not load_only:
            run_server(HOST, port, "The example plan is at")


def _enter_demonstration() -> None:
    """Set what the pages' settings read, before they do: own folder, own database, own day."""
    from goldenthread.web.database import home

    os.environ["GOLDENTHREAD_HOME"] = str(home() / "demo")
    os.environ["GOLDENTHREAD_DEMO"] = "1"
    os.environ["GOLDENTHREAD_DEMO_TODAY"] = OPENED_ON.isoformat()
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)


def load_example() -> str:
    """Load the example plan for the example council, unless it is there. Says what is there now.

    Every part is a service that may be called again, so a first run that was stopped half-way is finished by the next.
    """
    from goldenthread.examples import example_plan_path
    from goldenthread.record.models.council import Role
    from goldenthread.record.services.councils import (
        add_member,
        command_actor,
        council_register,
        create_council,
    )
    from goldenthread.record.services.imports import apply_import, start_import
    from goldenthread.record.services.plans import plans

    council = next((held for held in council_register() if held.demo), None)
    if council and (held_plans := plans(council.id)):
        return f"The example plan is loaded already: {held_plans[0].title}."
    from goldenthread.cli.plan_files import plan_in

    path = example_plan_path()
    with working("Loading the example plan"):
        plan = plan_in(path)
        council = council or create_council(command=NAME, name=plan.council.name, demo=True)
        clerk = command_actor(council.id, NAME, role=Role.ADMINISTRATOR)
        add_member(
            actor=clerk, email="programme.officer@example.org", name="Programme officer", role=Role.PMO
        )
        officer = command_actor(council.id, NAME)
        started = start_import(actor=officer, name=path.name, content=path.read_bytes())
        apply_import(
            actor=officer,
            import_id=started.id,
            reason=f"{plan.approving_body or 'Council'} approved the plan",
            effective_on=plan.approved_on or OPENED_ON,
        )
    actions = sum(1 for _ in plan.actions())
    return f"Loaded the example plan: {counted(actions, 'action')}, {counted(len(plan.questions), 'question')} open."
