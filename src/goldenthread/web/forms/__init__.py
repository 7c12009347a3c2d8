"""What people type, checked: each form keeps what was typed, and says what is wrong beside it."""
