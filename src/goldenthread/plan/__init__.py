"""What a plan is: frozen types, dates, references, leads and keys. No Django, no input or output."""
