"""Coverage: which actions answer what reviewers asked for, and what stands in the way of saying that all is."""

from goldenthread.assurance.coverage.approval import is_about_the_plan_itself
from goldenthread.assurance.coverage.certificate import (
    EXIT_FACTORS,
    Certificate,
    Row,
    RowKind,
    Source,
    Tally,
)
from goldenthread.assurance.coverage.computing import certificate, certificate_of
from goldenthread.assurance.coverage.matrix import Cell, Matrix, row_matrix, theme_matrix
from goldenthread.assurance.coverage.rows import reference_name
from goldenthread.assurance.coverage.states import FLAGS, State

__all__ = [
    "EXIT_FACTORS",
    "FLAGS",
    "Cell",
    "Certificate",
    "Matrix",
    "Row",
    "RowKind",
    "Source",
    "State",
    "Tally",
    "certificate",
    "certificate_of",
    "is_about_the_plan_itself",
    "reference_name",
    "row_matrix",
    "theme_matrix",
]
