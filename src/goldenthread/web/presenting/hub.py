"""What the page “Reporting” leads to. A part of the cycle that has a page adds a line."""

from __future__ import annotations

from goldenthread.record.permissions import Permission

HUB: list[tuple[str, str, str, Permission | None]] = [
    (
        "reports",
        "Reports",
        "The report for each body, for Council, reviewers and staff, on a page and as a file; drafts and issued ones.",
        None,
    ),
    (
        "report-comments",
        "Comments of bodies",
        "What Cabinet, scrutiny and audit said of issued reports, what was answered, and what waits until when.",
        None,
    ),
    (
        "report-templates",
        "Report templates",
        "What each report says and in which order, in the council’s own words, and on which letterhead.",
        None,
    ),
    (
        "morning",
        "Morning",
        "What happened since yesterday, what surprises, what the next meeting will ask, and what is missing for it.",
        Permission.RUN_CYCLE,
    ),
    (
        "updates-workbook-page",
        "Updates by workbook",
        "Take items away as an Excel or OpenDocument workbook, and send it back filled in.",
        Permission.REPORT_PROGRESS,
    ),
    (
        "recommendations",
        "Certificate of coverage",
        "Which actions answer what each reviewer asked, what is open, and a pack for each reviewer.",
        None,
    ),
    ("posts", "People and posts", "Who holds each post and sits on each body, and what is missing.", None),
    (
        "matrix",
        "Ownership matrix",
        "Which posts and Cabinet portfolios own together, and who challenges them.",
        None,
    ),
    (
        "calendar",
        "Calendar of reports",
        "What is due before each meeting: cut-off, clearance, publication and notices, and what does not work.",
        None,
    ),
    ("meetings", "Meetings", "When each body meets, and what was cancelled.", None),
    (
        "change-requests",
        "Change requests",
        "What is proposed to change of the approved plan, who decides, and what was decided.",
        None,
    ),
    (
        "changes-between",
        "Changes between two dates",
        "Everything by which the plan differs, with the reason and the decision behind each change.",
        None,
    ),
    (
        "outbox",
        "Outbox",
        "Every mail that was written to leads: waiting, sent, not needed any more, or failed.",
        Permission.RUN_CYCLE,
    ),
    (
        "cycle-settings",
        "Settings of the cycle",
        "How often leads are asked and reminded, who is asked next, and when a promise counts as not confirmed.",
        Permission.RUN_CYCLE,
    ),
    (
        "desk",
        "Challenge desk",
        "Every update beside the last one, the ratings and the evidence: accept it, ask back or rate it differently.",
        Permission.CHALLENGE,
    ),
    (
        "findings",
        "Findings",
        "What the checks notice in the plan, by rule and by promise, and which findings were accepted.",
        None,
    ),
    (
        "contradictions",
        "Contradictions",
        "Where two places of the plan do not agree, side by side, and how each was settled.",
        None,
    ),
    (
        "letter-check",
        "Check a letter",
        "Which sentences of a letter or report the plan bears out or denies, and what fell due and is not mentioned.",
        None,
    ),
    (
        "publishing",
        "Publishing",
        "What residents see of the plan, what stays back and why, and the decision to publish.",
        Permission.PUBLISH,
    ),
    (
        "exit-map",
        "Where open actions go on",
        "In which other plan each open action goes on when this plan ends, who decided it, and what nobody has said.",
        None,
    ),
    (
        "ratings",
        "Ratings",
        "What the council’s rule makes of every promise, and which stated ratings disagree.",
        None,
    ),
    (
        "rating-explain",
        "What moved between two dates",
        "Why the share of green is not what it was, by the exact promises that moved.",
        None,
    ),
    (
        "forecast",
        "Forecast",
        "The chance of each promise being kept by its approved date, when it is likely to be done, and why.",
        None,
    ),
    (
        "forecast-scores",
        "How good the forecasts are",
        "What forecasts said before and what came of it: here, and where they were learned from.",
        None,
    ),
    (
        "trends",
        "Milestone trends",
        "How the dates of milestones and actions have moved from report to report.",
        None,
    ),
    (
        "accuracy",
        "Forecast accuracy",
        "How much later than expected promises are kept, by theme, by kind of date and by who has to decide.",
        None,
    ),
    (
        "rating-rule",
        "The rating rule",
        "What green, amber and red mean here, in versions.",
        Permission.RUN_CYCLE,
    ),
    (
        "evidence",
        "Evidence",
        "What is claimed, verified and embedded, and the evidence for it: unchecked, lapsed, out of reach.",
        None,
    ),
    (
        "samples",
        "Samples for internal audit",
        "Actions drawn by chance that anybody can draw again.",
        None,
    ),
]
"""Route, words of the link, one sentence about it, and the right that it needs (None: any reader)."""
