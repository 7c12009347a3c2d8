"""A plan and what is known about it in; documents for each audience out."""
