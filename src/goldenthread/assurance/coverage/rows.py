"""What rows of a certificate are called, in which order they stand, and those that no item of the register gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from goldenthread.assurance.coverage.certificate import Row, RowKind, Tally
from goldenthread.assurance.coverage.numbering import Numbering, is_number
from goldenthread.assurance.coverage.states import State
from goldenthread.plan.model import Found, Recommendation
from goldenthread.plan.references import Reference

_CLASSES = {
    "statutory": "Statutory recommendation",
    "key": "Key recommendation",
    "improvement": "Improvement recommendation",
}


def reference_name(reference: Reference) -> str:
    """A reference without its review: "Key recommendation 4", "Page 24", "All recommendations", "SN5"."""
    class_ = f"{reference.class_} " if reference.class_ else ""
    of_class = f" of the {class_}recommendations" if class_ else ""
    if reference.page is not None:
        return f"Page {reference.page}{of_class}"
    if reference.number is None:
        return f"The {class_}recommendations as a whole" if class_ else RowKind.WHOLE.value
    if reference.number == "all":
        return f"All {class_}recommendations"
    if not is_number(reference.number):
        return f"{reference.number}{of_class}"
    return f"{_CLASSES.get(str(reference.class_ or ''), 'Recommendation')} {reference.number}"


def missing_rows(numbering: Numbering) -> Iterator[Row]:
    """Numbers that the register has not and no action cites, but that the review has, or may have."""
    for number, because, exists in numbering.missing:
        reference = numbering.reference(number)
        state = State.UNCOVERED if exists else State.NOT_REFERENCED
        yield Row(
            source=numbering.review,
            kind=RowKind.NUMBER,
            name=reference_name(reference),
            reference=reference,
            flags=(state,),
            because=because,
        )


def tally_of(numbering: Numbering, held: Mapping[Reference, Recommendation]) -> Tally:
    """How many of a class are stated, known, cited beyond, and sent later."""
    items = {one.reference.number: one for one in held.values() if one.reference.class_ == numbering.class_}
    added = points = 0
    for number in numbering.known:
        item = items.get(number)
        if item and item.sent_on:
            added += 1
        elif item and item.looked_up and item.looked_up.found is Found.POINT:
            points += 1
    beyond = tuple(map(str, numbering.beyond))
    found = len(numbering.known) - len(beyond) - added - points
    return Tally(numbering.class_, numbering.total, found, beyond, added)


def unlisted_rows(
    name: str, tally: Tally, tallies: Sequence[Tally], numbered: Sequence[Numbering]
) -> Iterator[Row]:
    """What a review is said to have recommended without that a number is known. Numbers counted through have rows.

    A total without a class stands for all classes that have none of their own.
    """
    numbering = next(one for one in numbered if one.class_ == tally.class_)
    known = tally.found
    if tally.class_ is None:
        known += sum(one.found for one in tallies if one.class_ and one.stated is None)
    lacking = (tally.stated or 0) - known - len(numbering.absent)
    if lacking <= 0 or numbering.whole:
        return
    class_ = f"{tally.class_} " if tally.class_ else ""
    yield Row(
        source=name,
        kind=RowKind.UNLISTED,
        name=f"{lacking} more {class_}recommendation{'' if lacking == 1 else 's'}",
        flags=(State.UNCOVERED,),
        because=f"the plan says that there are {tally.stated}, and knows {known} by number",
        count=lacking,
    )


def asks_something(reference: Reference) -> bool:
    """Whether a reference that nothing cites any more still stands for something that was asked."""
    return reference.page is not None or (reference.number is not None and reference.number != "all")


def kind_of(reference: Reference, item: Recommendation | None) -> RowKind:
    """What a reference stands for."""
    if item and item.looked_up and item.looked_up.found is Found.POINT:
        return RowKind.POINT
    if reference.page is not None:
        return RowKind.PAGE
    if reference.number is None:
        return RowKind.WHOLE
    if reference.number == "all":
        return RowKind.ALL
    return RowKind.NUMBER if is_number(reference.number) else RowKind.CODE


def row_order(row: Row) -> tuple[int, int, tuple[int, ...], str]:
    """Statutory before key before improvement, then by number; what has no number last."""
    classes = list(_CLASSES)
    class_ = str(row.reference.class_ or "") if row.reference else ""
    numbers = (
        tuple(int(part) for part in re.findall(r"\d+", row.reference.number or "")) if row.reference else ()
    )
    plain = row.reference is not None and is_number(row.reference.number)
    return (not plain, classes.index(class_) if class_ in classes else len(classes), numbers, row.name)
