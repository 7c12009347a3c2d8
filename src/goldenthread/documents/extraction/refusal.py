"""A file that is sound and is not read: the message goes on after its name."""


class Refusal(Exception):
    """Says what the file is and what to do, beginning with a verb: "has no text: ..."."""
