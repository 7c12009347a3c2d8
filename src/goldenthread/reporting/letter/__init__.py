"""The letter to the Secretary of State: drafted from the record, worded by people, held to what supports it."""

from goldenthread.reporting.letter.model import Chapter, Head, LeftOut, Letter, Sentence, SignOff, Support

__all__ = ["Chapter", "Head", "LeftOut", "Letter", "Sentence", "SignOff", "Support"]
