"""A short plan as a document, for tests that need one to read quickly."""

SHORT_PLAN = """\
Borough of Testing Improvement Plan

Theme 1 – Culture

Objectives

- ▶ Put residents first

Workstreams and Aims

- ▶ **Governance** – to decide well

Key Milestones:

Staff survey completed\tSeptember 2022
Staff survey repeated\t

Governance Delivery plan

Workstream\tReference\tLead\tActions (Culture)\tStart Date\tDue date
Governance\tCIPFA Rec 1.1\tMonitoring Officer\tReview the constitution ▶ Draft ▶ Adopt\tJune 2022\tSep 2022
Governance\tCIPFA Rec 1.2\tChief Executive\tTrain every member\tJuly 2022\tAutumn 2022
Governance\tCIPFA Rec 1.3\tChief Executive\tPublish a forward plan\tJuly 2022\tDec 2022
"""
