"""How old a reader must be for a text: Flesch–Kincaid (Kincaid and others, 1975, US Navy RBR 8-75), in years of age."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouy])(?:e|ed|es)$")
_SOUNDED = re.compile(r"(?:[dt]ed|(?:[cgsxz]|sh|ch)es|[^aeiouylr]le|[^aeiouy]les)$")


def syllables(word: str) -> int:
    """How many syllables a word is spoken with, by groups of vowels; an e that is not sounded is not counted."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT.search(plain) and not _SOUNDED.search(plain):
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """The school grade in the United States: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Raises:
        ValueError: The text has no words.
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        raise ValueError("There are no words to judge.")
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def reading_age(text: str) -> float:
    """The age in years: a child of that grade is five years older than the grade. GOV.UK asks for 9."""
    return grade(text) + 5
