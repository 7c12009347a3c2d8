"""What happens around every request: whose council it is, one transaction, and pages that have not changed."""
