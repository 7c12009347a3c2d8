"""Pages and forms. They translate between people and services, and hold no rules."""
