"""The system of record: tables, history, and the services that change them."""
