"""A plan as tables of plain words: the layout of every file that a plan is exported to, and is read back from."""

from goldenthread.plan.tables.layout import LAYOUT, PlanTable, Row, TableKind, heads_layout, kind_of
from goldenthread.plan.tables.tables import plan_tables

__all__ = ["LAYOUT", "PlanTable", "Row", "TableKind", "heads_layout", "kind_of", "plan_tables"]
