"""What a demanding user would ask of the whole, one file for each question; every test has a real PostgreSQL."""

from plugins.database import set_up_django

set_up_django()
