"""The goldenthread command."""
