"""The reporting cycle: what a council has settled about it, and what it works out from the record."""
