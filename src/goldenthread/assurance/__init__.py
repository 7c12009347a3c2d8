"""A plan in; named findings about it out."""
