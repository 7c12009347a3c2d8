"""Any document in; a plan, and the questions that only a person can answer, out."""
