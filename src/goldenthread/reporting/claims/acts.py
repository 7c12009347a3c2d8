"""What is done to the things of a plan, as verbs say it: approved, procured, set up. And how far on each is."""

from __future__ import annotations

import re
from enum import Enum


class Act(Enum):
    """A family of verbs with its stage in the life of a promise: who implements a thing has approved it before."""

    START = 0, "start(?:ed|ing)? commenc\\w+ begin\\w* began begun initiat\\w+ mobilis\\w+"
    DEVELOP = (
        1,
        (
            "develop(?:ed|ing|s)? draft(?:ed|ing)? design(?:ed|ing)? prepar(?:ed|ing|e) creat(?:ed|ing|e) "
            "writ(?:ing|ten) "
            "formulat\\w+ finalis\\w+ explor\\w+ draw(?:ing|n)_up build(?:ing)? built produc(?:ed|ing|e) "
            "work(?:ing)?_on work(?:ing)?_towards"
        ),
    )
    PROCURE = (
        2,
        "procur(?:ed|ing|e|ement) commission(?:ed|ing)? tender(?:ed|ing)? award(?:ed|ing)? purchas\\w+",
    )
    REVIEW = (
        2,
        "review(?:ed|ing|s)? refresh(?:ed|ing)? revis(?:ed|ing|e|ion) updat(?:ed|ing|e) apprais\\w+ renew\\w*",
    )
    APPROVE = (
        3,
        (
            "approv\\w+ agre(?:ed|eing|e) adopt(?:ed|ing|ion)? endors\\w+ ratif\\w+ sign(?:ed|ing)?_off "
            "decided decision confirm\\w*"
        ),
    )
    PUBLISH = 3, "publish\\w* report(?:ed|ing) present(?:ed|ing) submit\\w* went_to taken_to considered"
    ESTABLISH = (
        4,
        (
            "establish\\w* implement\\w* introduc\\w+ launch\\w* set(?:ting)?_up put(?:ting)?_(?:in|into)_place "
            "in_place "
            "go(?:ne|es|ing)?_live went_live live_(?:since|from) install\\w* roll(?:ed|ing)_out rolled deploy\\w* "
            "open(?:ed|ing) embed(?:ded|ding)? includ(?:e|ed|es|ing) terminat\\w+ bring(?:ing)?_in brought_in "
            "migrat\\w+ "
            "operational"
        ),
    )
    APPOINT = (
        4,
        (
            "appoint\\w* recruit\\w* welcom\\w+ took_up_(?:(?:the|her|his|their)_)?post "
            "taken_up_(?:(?:the|her|his|their)_)?post join(?:ed|ing) in_post"
        ),
    )
    COMPLETE = (
        5,
        (
            "complet\\w+ conclud\\w+ finish\\w* deliver(?:ed|ing|y)? clos(?:ed|ing|e|ure) resolv\\w+ "
            "conduct(?:ed|ing)? "
            "carried_out carry_out undertak\\w+ undertook held restructur\\w+ replac\\w+ achiev(?:ed|ing|e) "
            "merg\\w+ convened "
            "transfer\\w* train(?:ed|ing)"
        ),
    )

    def __init__(self, stage: int, words: str) -> None:
        self.stage = stage
        self.words = words.replace(" ", "|").replace("_", " ")


ANY_ACT = "|".join(act.words for act in Act)
"""The words of every act, for patterns."""
_WORDS_OF = {act: re.compile(rf"\b(?:{act.words})\b", re.IGNORECASE) for act in Act}
_OUTCOMES = frozenset({Act.ESTABLISH, Act.COMPLETE})
_ENDINGS = _OUTCOMES | {Act.APPROVE, Act.APPOINT, Act.REVIEW}


def acts_in(text: str) -> frozenset[Act]:
    """The families of which a text has a word."""
    return frozenset(act for act, words in _WORDS_OF.items() if words.search(text))


def stage_of(acts: frozenset[Act]) -> int:
    """How far on a thing is when these have been done to it; what only has to start is at the beginning."""
    if Act.START in acts:
        return Act.START.stage
    return max((act.stage for act in acts), default=Act.ESTABLISH.stage)


def comparable(said: frozenset[Act], promised: frozenset[Act]) -> bool:
    """Whether the date of what is said can be held against the date of what was promised.

    The same act can; so can putting in place and completing; and a promise that names no act is kept by any that
    ends it.
    """
    if not promised:
        return bool(said & _ENDINGS) or not said
    if Act.START in promised:
        return Act.START in said
    return bool(said & promised) or bool(said & _OUTCOMES and promised & _OUTCOMES)
