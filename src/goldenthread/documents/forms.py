"""What forms print where nothing has been filled in yet."""

from __future__ import annotations

import re

_ASKS = r"(?:please\s+)?(?:select|choose|enter|insert|click|type|pick|complete)\b"
_PLACEHOLDER = re.compile(
    rf"^(?:<\s*{_ASKS}[^<>]*>|\[\s*{_ASKS}[^\[\]]*\]"
    r"|(?:please )?(?:select|choose)(?: an?| one)?(?: item| option| from (?:the )?list)?\.*"
    r"|click (?:or tap )?(?:here )?to (?:enter|add|choose) [\w ]{1,30}\.)$",
    re.IGNORECASE,
)


def placeholder_in(text: str) -> str:
    """The text if it only asks for something to be filled in ("< Select >"), else nothing."""
    words = text.strip()
    return words if len(words) <= 80 and _PLACEHOLDER.match(words) else ""
