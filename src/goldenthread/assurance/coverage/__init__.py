"""Coverage: which actions answer what reviewers asked for, and what stands in the way of saying that all is."""
