"""Claims that stand or fall by their own words: improvements, comparisons, praise, shares; and named sources."""

from __future__ import annotations

import re
from collections.abc import Iterable


def _any(*alternatives: str, cased: bool = False) -> re.Pattern[str]:
    """One pattern of several."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives), 0 if cased else re.IGNORECASE)


_HOW_MUCH = (
    r"(?:significant(?:ly)?|substantial(?:ly)?|marked(?:ly)?|great(?:ly)?|considerabl[ey]|much|good|strong|real|huge(?:ly)?|"
    r"stead(?:y|ily)|clear|tangible|notabl[ey]|dramatic(?:ally)?|excellent|major|further)"
)
_BETWEEN = r"(?:(?:also|now|all|since|already|again|been|steadily)\s+)*"
_CHANGED = (
    r"(?:improved|increased|risen|grown|fallen|reduced|decreased|declined|dropped|halved|doubled|trebled|tripled|cut|"
    r"lowered|raised|shortened|come down|gone (?:up|down))"
)
_MEASURED = (
    r"(?:rates?|times?|numbers?|performance|satisfaction|levels?|scores?|results|backlogs?|complaints|attendance|absence|"
    r"turnover|costs?|take-up|figures|delays?|vacancies|attainment|collection|recycling)"
)
IMPROVED = _any(
    rf"\b(?:has|have|had|we've)\s+{_BETWEEN}(?:{_HOW_MUCH}\s+)?{_CHANGED}\b",
    rf"\b{_MEASURED}\s+(?:\w+ly\s+)?(?:improved|rose|fell|increased|decreased|reduced|dropped|halved|doubled|grew)\b",
    r"\bcloser to (?:the |our )?target\b",
    rf"\bmade (?:{_HOW_MUCH}\s+)?(?:progress|strides|improvements?|inroads|gains)\b",
    r"\bimprovements? (?:that )?(?:has|have) (?:taken|been)\b",
    rf"\b(?:seen|saw|achieved|delivered) (?:an? |{_HOW_MUCH} )*(?:improvements?|reductions?|increases?|rise|"
    rf"fall|growth)\b",
    rf"\b(?:is|are|was|were) (?:now )?(?:{_HOW_MUCH} |far )?(?:better|higher|lower|faster|fewer|quicker|shorter)\b",
)
"""A change for the better (or worse) that is said to have happened."""
_BEST = r"(?:best|highest|lowest|fastest|largest|strongest|quickest|top|leading|first|most \w+)"
COMPARED = _any(
    rf"\b(?:one of|among|amongst) (?:the|our) (?:very )?(?:top |\w+ )?{_BEST}\b",
    rf"\b{_BEST}\b[^.;]{{0,60}}\b(?:in|of|across)\s+(?:the |our |all )?(?:country|nation|region|england|uk|"
    rf"united kingdom|"
    r"sector|councils?|local authorities|county|midlands|north|south)\b",
    r"\b(?:top|upper|best) quartile\b",
    r"\b(?:above|below|better than|worse than|exceeds?|outperform\w*) (?:the )?(?:national|regional|average|"
    r"england|most|"
    r"other|our (?:neighbours|peers|comparators))",
    r"\b(?:sector|award)-(?:leading|winning)\b|\bnationally (?:recognised|leading)\b|\brecognised nationally\b|"
    r"\branked\b",
)
"""A standing among others."""
_PRAISE = (
    r"(?:acknowledged|recogni[sz]ed|praised|commended|endorsed|validated|welcomed|complimented|applauded|highlighted|noted|"
    r"confirmed|commented|found|concluded|described|judged|rated)"
)
_OTHERS = (
    r"(?:reviewers?|inspectors?|auditors?|regulators?|assessors?|peers?|partners?|commissioners?|review team|peer team|"
    r"inspectorate)"
)
_PAPER = r"(?:report|review|inspection|survey|assessment|audit|letter|finding)s?"
PRAISED = _any(
    rf"\b{_PAPER}(?: (?:of|from|in|by|published|dated) [\w ]{{3,40}})? (?:have |has |had |also )*{_PRAISE}\b",
    rf"\b{_PRAISE} (?:as \w+ )?(?:by|in) (?!cabinet|council\b|which|our (?!external|{_OTHERS}|independent))",
    rf"\b(?:ofsted|cqc|hmicfrs|(?:the )?(?:[a-z]+ )?ombudsman|(?:the )?regulator) (?:have |has |had )?(?:also "
    rf")?{_PRAISE}\b",
    rf"\b(?:they|(?:\w+ )?{_OTHERS}) (?:have |has |had )?(?:also )?{_PRAISE}\b",
)
"""What others are said to have said."""
_THEY_PRAISED = re.compile(rf"\bthey (?:have |has |had )?(?:also )?{_PRAISE}\b", re.IGNORECASE)
_SHARE = _any(r"\d+(?:\.\d+)?\s?(?:%|per cent\b|percent\b|percentage points?\b)")
_MONEY = _any(r"£\s?\d+(?:[.,]\d+)*\s?(?:m|bn|k|million|billion|thousand)?\b")
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_PERIOD = _any(
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b",
    rf"\b(?:q[1-4]|quarter|{_MONTHS}|(?:last|this|previous|financial|academic) year|spring|summer|autumn|winter)\b",
    r"(?-i:\bMay\b)",
)
_CASES = _any(
    r"\b(\d[\d,]*)\b(?!\s?(?:%|per cent|percent|months?|weeks?|days?|hours?|minutes?|years?|\.\d|[/–-]\d))"
)
_PUBLICATION = (
    r"(?i:report|review|return|survey|inspection|statistics|data|audit|index|census|letter|findings|dashboard|minutes|"
    r"assessment|certificate|benchmark\w*|league table|judgement)s?"
)
_SOURCE = _any(
    r"\b(?i:source:|according to (?:the )?)\s?[A-Z]",
    r"\b(?i:as (?:published|reported|measured|recorded) (?:by|in) (?:the )?)[A-Z]",
    rf"\((?:[^()]*\b)?[A-Z][\w&'’]+(?: [A-Z][\w&'’]+)*[^()]*\b{_PUBLICATION}\b[^()]*\)",
    rf"\b(?:by|in|from) (?:the )?(?:[A-Z][\w&'’]+ )+{_PUBLICATION}\b",
    cased=True,
)
_INSPECTORATES = _any(
    r"\b(?:Ofsted|CQC|Care Quality Commission|Electoral Commission|National Audit Office|Oflog|Housing Ombudsman)\b",
    r"\b(?:Local Government (?:and Social Care )?Ombudsman|Regulator of Social Housing|Office for National "
    r"Statistics)\b",
    r"\b(?:ONS|Information Commissioner\S*|HMICFRS|Planning Inspectorate|LGA|CIPFA|Local Government Association)\b",
    cased=True,
)
"""Bodies that publish what they find of English councils."""
_PRIDE = re.compile(
    r"^(?:(?:and|so|but|once again|in closing|finally|personally),? )?(?:we|i)(?:'m|'re)?"
    r"(?: (?:am|are|remain|were|would like|want|also))* (?:\w+ly )?(?:proud|pleased|delighted|excited|grateful|"
    r"thankful|"
    r"committed|confident|determined|thank|look forward|wish|believe|hope|recogni[sz]e|acknowledge|understand|"
    r"appreciate|"
    r"enter|know)\b",
    re.IGNORECASE,
)
_FACT_WITHIN = re.compile(
    r"\b(?:that|who|which|to (?:welcome|report|confirm|announce|say))\b[^.]*\b(?:has|have|had|was|were|took|"
    r"\w+ed|received|"
    r"achieved)\b",
    re.IGNORECASE,
)
_LAYOUT = _any(
    r"\baccompanying this letter\b|\battached to this\b|\bsee (?:the )?(?:annex|appendix)\b",
    r"\b(?:are|is|also) (?:\w+ )?(?:attached|enclosed|appended|summarised|set out|listed|outlined)\b",
    r"\bthis (?:report|letter|section|appendix) (?:is|sets|provides|summarises|covers)\b",
    r"^(?:dear|yours|sincerely|kind regards|signature|cc)\b",
)
_WHO = r"(?:we|council|teams?|vcs|it|they|scrutiny|cabinet|committee|officers|members|board|partners|summit)"
_HAPPENED = _any(
    r"\b(?:has|have|had|we've|was|were)\s+(?:(?:also|now|all|already|\w+ly|since|been|not only|either|both)\s+)*"
    r"(?!continued\b|to\b|an?\b|the\b|lot\b)(?:\w+(?:ed|en|wn|un|lt|pt|nt|ught|ept|old|ade|one|et|ut)|led|held|won|met|"
    r"begun|paved|found|given|seen)\b",
    rf"\b{_WHO}\s+(?:(?:also|\w+ly)\s+)*(?:(?!embed|need|exceed|proceed|succeed|feed)\w{{3,}}ed|took|held|won|led|sought|"
    r"brought|met|gave|ran|made|saw|built|set up|put|went)\b",
    r"\b(?:is|are) (?:a|the) (?:direct )?result of\b",
    r"(?<!be )\b(?:reported|approved|launched|completed|opened|published|delivered|established) (?:to|in|on|by|"
    r"an?|the|our)\b",
    r"(?<!be )(?<!is )(?<!are )\b(?!need|embed|exceed)\w{3,}ed (?:the|an?|our|its|their|all|two|three|four|five|\d+)\b",
    r"\b(?:began|went to|went live|took up|took place|came into (?:force|effect))\b",
)
_GOES_ON = re.compile(r"\b(?:have|has|'ve) continued\b", re.IGNORECASE)


def is_courtesy(text: str) -> bool:
    """Pride, thanks and intentions in which no fact is told ("We are proud to look back over …")."""
    return bool(_PRIDE.search(text)) and not _FACT_WITHIN.search(text)


def is_layout(text: str) -> bool:
    """A sentence about the letter itself, or its first and last words."""
    return bool(_LAYOUT.search(text))


def tells_of_something_done(text: str) -> bool:
    """Whether it says of something that it happened; going on as before is no event."""
    return bool(_HAPPENED.search(text)) and not _GOES_ON.search(text)


def has_share(text: str) -> bool:
    """Whether it has a percentage."""
    return bool(_SHARE.search(text))


def amounts(text: str) -> tuple[str, ...]:
    """Its percentages and sums of money, without spaces."""
    return tuple(
        "".join(found[0].split()).lower() for words in (_SHARE, _MONEY) for found in words.finditer(text)
    )


def missing_from_share(text: str) -> tuple[str, ...]:
    """What a percentage lacks: the period that it is for, the number of cases that it is taken of."""
    rest = _SHARE.sub(" ", text)
    numbers = (found[1].replace(",", "") for found in _CASES.finditer(_PERIOD.sub(" ", rest)))
    has_cases = any(len(number) > 1 for number in numbers)
    return (
        *(() if _PERIOD.search(rest) else ("the period that it is for",)),
        *(() if has_cases else ("the number of cases",)),
    )


def has_figure(text: str) -> bool:
    """Whether a change is put in figures: shares, sums or other numbers. Dates and years do not count."""
    without_days = re.sub(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?={_MONTHS}|may)", " ", text, flags=re.IGNORECASE)
    return bool(_MONEY.search(text) or re.search(r"\d", _PERIOD.sub(" ", without_days)))


def praises_by_pronoun(text: str) -> bool:
    """Whether those who praise are told only by a word that points back ("they recognised …")."""
    return bool(_THEY_PRAISED.search(text))


def source_named(text: str, reviewers: Iterable[str]) -> str | None:
    """The words that say where it can be looked up: a publication, an inspectorate, or a reviewer of the plan."""
    if found := _SOURCE.search(text) or _INSPECTORATES.search(text):
        return found[0].strip("( )")
    return next((name for name in reviewers if re.search(rf"\b{re.escape(name)}\b", text)), None)
