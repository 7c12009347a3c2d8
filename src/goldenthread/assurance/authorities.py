"""By whose authority rules ask what they ask: publications and minutes that anybody can look up.

The Teal Book and the Orange Book are for central government; councils take them as good practice. What one council or
board did is an example, and is called one.
"""

from __future__ import annotations

_TEAL_BOOK = "Teal Book (government project delivery), principle {number}: {words}"
OUTCOMES = _TEAL_BOOK.format(
    number=2, words="outcomes “meet the identified need and are validated by stakeholders”."
)
ACCOUNTABILITY = _TEAL_BOOK.format(
    number=4,
    words="accountabilities and responsibilities are “defined, mutually consistent and traceable across all levels of "
    "management”.",
)
CONTROL = _TEAL_BOOK.format(
    number=6, words="work is “appropriately defined, planned, monitored and controlled”."
)
OPTIMISM = (
    "Green Book, 5.43 to 5.46: adjustments for optimism bias should ideally rest on “an organisation's own evidence "
    "base” of how optimistic it has been. Dates that keep moving are such evidence."
)
RISKS = (
    "Orange Book (HM Government, May 2023), section D, risk management processes. It asks central government to comply "
    "or explain; councils take it as good practice."
)
EVIDENCE = (
    "An example, not a law: the Improvement and Assurance Board of Nottingham asked “to secure clear evidence” of "
    "delivery, requirement by requirement (2023)."
)
RATINGS = (
    "An example: members of Reading's audit committee had ratings checked against the rule and found that they “had "
    "not been applied consistently and in accordance with the stated policy”."
)
CHANGE_CONTROL = (
    "An example: in Middlesbrough's improvement plan a change that affects an end date or a measure of success needs "
    "change control and is listed in the report."
)
