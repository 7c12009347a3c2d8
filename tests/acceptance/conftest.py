"""What a demanding user would ask of the whole, one file for each question; every test has a real PostgreSQL."""

from plugins.browsing import browser
from plugins.database import council_db, postgres, set_up_django, template

__all__ = ["browser", "council_db", "postgres", "template"]

set_up_django()
