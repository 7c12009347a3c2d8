"""Checks of a plan: rules with names, each of which finds one kind of fault and says how to settle it."""

from goldenthread.assurance.beside import Beside
from goldenthread.assurance.findings import Finding, Severity
from goldenthread.assurance.registry import RULES, UnknownRule, check, rule_called
from goldenthread.assurance.rule import Group, Rule

__all__ = ["RULES", "Beside", "Finding", "Group", "Rule", "Severity", "UnknownRule", "check", "rule_called"]
