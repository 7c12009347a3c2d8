"""What the application's role may do to each table. Whatever is not listed here it may not do.

The owner's role migrates and then gives these rights (`database.py`), so that tables of other applications and of later
migrations are covered too.
"""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

READ = ("SELECT",)
ADD = ("SELECT", "INSERT")
CHANGE = ("SELECT", "INSERT", "UPDATE")
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")

COUNCIL_OWNED: dict[str, tuple[str, ...]] = {
    "council": CHANGE,
    "plan": CHANGE,
    "item": CHANGE,
    "dated_fact": ADD,
    "question": CHANGE,
    "stored_file": ADD,
    "import": CHANGE,
    "import_answer": ADD,
    "reading_rule": CHANGE,
    "disposal": ADD,
    "post": CHANGE,
    "officer": CHANGE,
    "holding": CHANGE,
    "body": CHANGE,
    "body_membership": CHANGE,
    "ownership": CHANGE,
    "challenge_note": ADD,
    "council_settings": CHANGE,
    "reporting_period": CHANGE,
    "update_request": CHANGE,
    "outgoing_mail": CHANGE,
    "workbook_return": CHANGE,
    "held_update": CHANGE,
    "challenge": CHANGE,
    "evidence": CHANGE,
    "evidence_support": ADD,
    "evidence_check": ADD,
    "link_visit": ADD,
    "audit_sample": ADD,
    "change_request": CHANGE,
    "rating_rule": ADD,
    "accepted_finding": CHANGE,
    "settled_contradiction": ADD,
    "accuracy_note": ADD,
    "meeting": CHANGE,
    "publication": CHANGE,
    "report": CHANGE,
    "report_clearance": ADD,
    "report_file": ADD,
    "report_comment": CHANGE,
    "report_template": ADD,
    "revision": READ,
    "change": READ,
}
"""Tables under forced row level security."""

EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "django_session": EVERYTHING,
    "person": EVERYTHING,
    "membership": EVERYTHING,
    "account_emailaddress": EVERYTHING,
    "account_emailconfirmation": EVERYTHING,
    "mfa_authenticator": EVERYTHING,
    "procrastinate_jobs": EVERYTHING,
    "procrastinate_events": EVERYTHING,
    "procrastinate_periodic_defers": EVERYTHING,
    "procrastinate_workers": EVERYTHING,
}
"""Tables that belong to no council: people sign in, and their roles are read, before a council is chosen; jobs name
rows by id alone and set the council's scope when they run."""


def give_rights(connection: BaseDatabaseWrapper, role: str) -> None:
    """Take every right from this role, then give it those of the lists above. Run as the owner, after migrating.

    Raises:
        LookupError: when there is a table that neither list has.
    """
    tables = set(connection.introspection.table_names())
    if unlisted := tables - COUNCIL_OWNED.keys() - EXCEPTIONS.keys():
        raise LookupError(f"record/rights.py does not say who may use {', '.join(sorted(unlisted))}.")
    named = sql.Identifier(role)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC").format(named))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(named))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(named))
        for table, rights in {**COUNCIL_OWNED, **EXCEPTIONS}.items():
            if table in tables:
                cursor.execute(
                    sql.SQL("GRANT {} ON {} TO {}").format(
                        sql.SQL(", ".join(rights)), sql.Identifier(table), named
                    )
                )


def lacks_rights(connection: BaseDatabaseWrapper, role: str) -> bool:
    """Whether this role still has to be given its rights, because somebody was stopped before doing so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM unnest(%s::text[]) AS listed"
            " WHERE to_regclass(listed) IS NOT NULL AND NOT has_table_privilege(%s, to_regclass(listed), 'SELECT'))",
            [[f'"{table}"' for table in (*COUNCIL_OWNED, *EXCEPTIONS)], role],
        )
        return bool(cursor.fetchone()[0])
