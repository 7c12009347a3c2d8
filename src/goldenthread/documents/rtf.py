"""RTF respelled where pandoc does not read all that the format allows: letters beyond ASCII, styles of headings."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    rb"\\\\|\\[{}]|(?P<open>\{)|(?P<close>\})|\\uc(?P<skip>\d+) ?"
    rb"|\\u(?P<code>-?\d{1,5})(?: (?!\\'))?(?P<rest>(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n])*)"
)
_SUBSTITUTE = re.compile(rb"\\'[0-9a-fA-F]{2}|[^\\{}\r\n]")


_HEADING_STYLE = re.compile(rb"\{\\s(\d+)(?!\d)[^{}]*?\bheading (\d);\}", re.IGNORECASE)

_LIST_TEXT = re.compile(rb"\{\\listtext\b(?P<mark>(?:[^{}]|\{[^{}]*\})*)\}")
_CONTROL = re.compile(rb"\\[a-z]+-?\d* ?|[{}\s]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LEVEL = re.compile(rb"\\ilvl(\d)")
DEEPER = "\u2063"
"""Stands before a bullet, once for each list that its list is in. (An invisible separator: it is in no document.)"""


def respelled(content: bytes) -> bytes:
    """The file as pandoc reads it rightly."""
    ascii_only = _HIGH.sub(lambda byte: b"\\'%02x" % byte[0][0], content)
    return with_typed_bullets(with_heading_levels(with_plain_unicode(ascii_only)))


def with_typed_bullets(content: bytes) -> bytes:
    """The file with its bullets as text before their items: pandoc takes lists out of the cells of tables."""

    def typed(found: re.Match[bytes]) -> bytes:
        mark = _CONTROL.sub(b"", found["mark"])
        if re.search(rb"[0-9]|^\(?[a-z]{1,4}[.)]", re.sub(rb"\\'[0-9a-f]{2}", b"", mark)):
            return found[0]
        paragraph = content[found.end() : found.end() + 1000].partition(b"\\par ")[0]
        level = _LEVEL.search(paragraph)
        deeper = b"\\u8291\\'3f" * (int(level[1]) if level else 0)
        return deeper + b"\\u8226\\'3f "

    marked = _LIST_TEXT.sub(typed, content)
    return re.sub(rb"\\ls\d+(?!\d)", b"", marked) if marked != content else content


def with_heading_levels(content: bytes) -> bytes:
    """The file with the level of a heading said in every paragraph of a heading style, where pandoc looks for it."""
    levels = {style: int(level) - 1 for style, level in _HEADING_STYLE.findall(content)}
    if not levels:
        return content

    def levelled(style: re.Match[bytes]) -> bytes:
        return b"%s\\outlinelevel%d" % (style[0], levels[style[1]]) if style[1] in levels else style[0]

    return re.sub(rb"\\s(\d+)(?!\d)", levelled, content)


def with_plain_unicode(content: bytes) -> bytes:
    """The file with every `\\uN` followed by exactly one substitute in hexadecimal.

    After `\\uN` come as many substitutes, for readers without Unicode, as the last `\\ucN` of the group says
    (RTF 1.9.1, "Unicode RTF"); pandoc's reader counts wrongly unless it is one such as `\\'3f`.
    """
    skips = [1]

    def respelled(token: re.Match[bytes]) -> bytes:
        if token["open"]:
            skips.append(skips[-1])
        elif token["close"] and len(skips) > 1:
            skips.pop()
        elif token["skip"]:
            skips[-1] = int(token["skip"])
            return b""
        elif token["code"]:
            rest = token["rest"]
            for _ in range(skips[-1]):
                found = _SUBSTITUTE.match(rest)
                rest = rest[found.end() :] if found else rest
            return b"\\u%d\\'3f%s" % (int(token["code"]) % 65536, rest)
        return token[0]

    return _TOKEN.sub(respelled, content)
