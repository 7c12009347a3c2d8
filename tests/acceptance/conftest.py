"""What a demanding user would ask of the whole, one file for each question; every test has a real PostgreSQL."""

from plugins.database import council_db, postgres, set_up_django, template

__all__ = ["council_db", "postgres", "template"]

set_up_django()
