"""Words and shapes for pages: pure functions from a plan to what a person reads. No Django, no clock."""
