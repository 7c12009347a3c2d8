"""Every test of the record has a real PostgreSQL."""

from plugins.database import set_up_django

set_up_django()
