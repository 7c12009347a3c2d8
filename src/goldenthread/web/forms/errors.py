"""What every form has in common: saying what is wrong, field by field, and how long a reason may be."""

from __future__ import annotations

LONGEST_REASON = 2000
"""In characters."""


class Errors(dict[str, str]):
    """What is wrong, by field. A field with nothing wrong is empty, so that templates may ask for any."""

    def __getattr__(self, name: str) -> str:
        return self.get(name, "")

    def listed(self) -> list[dict[str, str]]:
        """For the summary at the head of the page."""
        return [{"text": text, "href": f"#{name}"} for name, text in self.items()]
