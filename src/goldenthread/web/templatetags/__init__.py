"""Tags for the sign-in pages, whose templates are Django's."""
