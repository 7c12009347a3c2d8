"""`goldenthread sample`: draws a sample for internal audit that anybody can draw again."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

import click

from goldenthread.cli.record import chosen_council, chosen_plan, open_record
from goldenthread.cli.showing import DAY, civil_today, counted, day_of
from goldenthread.plan.days import day_words

NAME = "goldenthread sample"


@click.command(short_help="Draw a sample for internal audit.")
@click.option("--size", type=click.IntRange(1, 500), default=10, show_default=True, help="How many actions.")
@click.option("--seed", metavar="WORDS", help="The same seed draws the same (default: made and printed).")
@click.option("--as-at", type=DAY, metavar="DATE", help="The plan as at this day (default: today).")
@click.option(
    "--all", "from_all", is_flag=True, help="Draw from all actions, not only those said to be done."
)
@click.option("--by-theme", is_flag=True, help="Give each theme its share.")
@click.option("--plan", metavar="PLAN", help="From which plan, where the council has several.")
@click.option("--council", metavar="COUNCIL", help="Whose plan it is, where several councils are held.")
def sample(
    *,
    size: int,
    seed: str | None,
    as_at: datetime | None,
    from_all: bool,
    by_theme: bool,
    plan: str | None,
    council: str | None,
) -> None:
    """Draw actions by chance and keep the sample, with all that it takes to draw it again.

    By default from the actions that are said to be complete, verified or embedded.
    """
    with open_record():
        from goldenthread.record.models.evidence import SampleOf
        from goldenthread.record.services.councils import command_actor
        from goldenthread.record.services.samples import draw_audit_sample
        from goldenthread.record.snapshot import snapshot

        held = chosen_council(council)
        slug, today = chosen_plan(held, plan), civil_today()
        drawn = draw_audit_sample(
            actor=command_actor(held.id, NAME),
            plan=slug,
            size=size,
            seed=seed or token_hex(4),
            as_at=day_of(as_at) or today,
            on=today,
            among=SampleOf.ALL if from_all else SampleOf.DONE,
            by_theme=by_theme,
        )
        state = snapshot(council=held.id, plan=slug, cut_off=drawn.as_at, known_at=drawn.revision)
    actions = {str(action.id): action for action in state.actions()}
    for item in drawn.items:
        found = actions[item]
        click.echo(f"{item}\t{found.ref or ''}\t{found.status}\t{found.title or ''}")
    click.echo(
        f"{counted(len(drawn.items), 'action')}, seed {drawn.seed}, as at {day_words(drawn.as_at)}, as known after "
        f"change {drawn.revision}. The sample is kept.",
        err=True,
    )
