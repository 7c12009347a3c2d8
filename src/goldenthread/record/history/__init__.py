"""The change log: how the database keeps it, how it is read, and how it is proved."""
