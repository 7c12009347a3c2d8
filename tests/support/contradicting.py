"""A small invented plan of the council Northbury that says some things differently in two places."""

NORTHBURY = """\
Northbury Council Improvement Plan

Theme 1 – Libraries

Objectives

- ▶ Explore options for a four yearly election cycle

Workstreams and Aims

- ▶ **Branches** – to open the branches longer

Key Milestones:

Library opening hours strategy approved\tMay 2022
Harbour museum lease signed\tSeptember 2022

Libraries Delivery plan

Workstream\tReference\tLead\tActions (Libraries)\tStart Date\tDue date
Branches\tCIPFA Rec 1.1\tMonitoring Officer\tSettle when branches open <ul> ▶ Approval of library opening hours \
strategy\tMar 2022\tAug 2022 Jul 2022
Branches\tCIPFA Rec 1.2\tChief Executive\tImplement a 4-yearly election cycle\tJuly 2022\tAutumn 2022
Branches\tCIPFA Rec 1.3\tChief Executive\tRepair the sea wall\tJuly 2022\tDec 2022
Branches\tCIPFA Rec 1.4\tChief Executive\tPublish a catalogue of trees\tJuly 2022\tDec 2022
Branches\tCIPFA Rec 1.5\tChief Executive\tTrain swimming teachers\tJuly 2022\tDec 2022
"""
STRATEGY_STEP = "Approval of library opening hours strategy"
"""Dated July 2022, where the milestone says May 2022."""
