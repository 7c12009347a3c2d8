"""Where a plan says the same thing differently in two places: the pairs, what differs, and how sure it is."""

from goldenthread.assurance.contradictions.finder import contradictions
from goldenthread.assurance.contradictions.model import Contradiction, Kind, Place

__all__ = ["Contradiction", "Kind", "Place", "contradictions"]
