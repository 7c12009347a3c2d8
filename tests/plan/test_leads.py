"""Every lead cell that the plan prints, keyed by hand, and the general rules."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan.plan_cells import LEAD, column

from goldenthread.plan.leads import LeadRules, LeadVocabulary, is_collective, read_leads

LAW = "Director of Law and Governance"
STRATEGY = "Director of Business Strategy and Change"
FINANCE = "Director of Finance"
CHILDREN = "Director of Children and Education"
ECONOMY = "Director of Borough Economy"
GROWTH = "Director of Regeneration and Growth"
HOUSING = "Director of Housing"
CARE = "Director of Adult Social Care"
HEALTH = "Director of Public Health"

CELLS: dict[str, tuple[str, ...]] = {
    "Director – Business Strategy and Change": (STRATEGY,),
    "Director- Business Strategy & Change": (STRATEGY,),
    "Director- Business Strategy and Change": (STRATEGY,),
    "Director - Business Strategy and Change": (STRATEGY,),
    "Director- Law & Governance": (LAW,),
    "Director – Law & Governance": (LAW,),
    "Director- Law Governance": (LAW,),
    "Director- Law & Governance Director - Finance": (LAW, FINANCE),
    "Director- Law & Governance Director- Finance": (LAW, FINANCE),
    "Director- Law & Governance Director- Business Strategy & Change": (LAW, STRATEGY),
    "Director- Law & Governance Head of Communications": (LAW, "Head of Communications"),
    "Director- Law & Governance Scrutiny Director – Children & Education": (LAW, "Scrutiny", CHILDREN),
    "Director- Law Governance Director- Children & Education Scrutiny": (LAW, CHILDREN, "Scrutiny"),
    "Chief Executive Director- Law & Governance": ("Chief Executive", LAW),
    "Chief Executive Leader Cabinet Members Leadership Team": (
        "Chief Executive",
        "Leader",
        "Cabinet Members",
        "Leadership Team",
    ),
    "Chief Executive": ("Chief Executive",),
    "Commissioner": ("Commissioner",),
    "Leadership Team": ("Leadership Team",),
    "Director - Finance": (FINANCE,),
    "Director- Finance": (FINANCE,),
    "Director- Finance Director- Business Strategy & Change Director- Law": (FINANCE, STRATEGY, LAW),
    "Director- Finance and Director Business Strategy and Change": (FINANCE, STRATEGY),
    "Director-Regeneration & Growth": (GROWTH,),
    "Director-Regeneration and Growth": (GROWTH,),
    "Director – Regeneration & Growth": (GROWTH,),
    "Director-Regeneration & Growth Cabinet Chief Executive": (GROWTH, "Cabinet", "Chief Executive"),
    "Director- Housing": (HOUSING,),
    "Director – Housing Director – Business Strategy and Change": (HOUSING, STRATEGY),
    "Director- Children & Education": (CHILDREN,),
    "Director Children & Education": (CHILDREN,),
    "Director – Children & Education Director- Finance": (CHILDREN, FINANCE),
    "Director – Children and Education Director-Adult Social Care Director- Public Health": (
        CHILDREN,
        CARE,
        HEALTH,
    ),
    "Director-Adult Social Care Director- Public Health": (CARE, HEALTH),
    "Director - Borough Economy": (ECONOMY,),
}
DOCUMENT = LeadVocabulary.learn(CELLS)

ON_ACTIONS = {
    LAW: 19,
    STRATEGY: 14,
    FINANCE: 13,
    CHILDREN: 9,
    ECONOMY: 6,
    GROWTH: 5,
    "Chief Executive": 4,
    "Leadership Team": 4,
    HOUSING: 2,
    CARE: 2,
    HEALTH: 2,
    "Scrutiny": 2,
    "Leader": 1,
    "Cabinet Members": 1,
    "Cabinet": 1,
    "Head of Communications": 1,
    "Commissioner": 1,
}


@pytest.mark.parametrize("cell", CELLS)
def test_cells(cell: str) -> None:
    reading = read_leads(cell, DOCUMENT)
    assert reading.leads == CELLS[cell]
    assert reading.unread == ()


def test_a_post_cut_short_is_read_with_a_note() -> None:
    reading = read_leads("Director- Law", DOCUMENT)
    assert reading.leads == (LAW,)
    assert reading.notes == ('"Director- Law" read as Director of Law and Governance',)
    assert read_leads("Director- Law & Governance", DOCUMENT).notes == ()


def test_a_post_cut_short_of_two_is_left_for_a_person() -> None:
    vocabulary = LeadVocabulary.learn(["Director of Law and Governance", "Director of Law and Property"])
    reading = read_leads("Director - Law", vocabulary)
    assert reading.leads == ()
    assert reading.unread == ("Director - Law",)
    assert reading.notes == (
        '"Director - Law" could be Director of Law and Governance or Director of Law and Property',
    )


def test_a_post_cut_short_stands_as_printed_where_the_document_has_no_longer_one() -> None:
    assert read_leads("Director- Law").leads == ("Director of Law",)


def test_another_rank_is_another_post() -> None:
    assert read_leads("Assistant Director - Law", DOCUMENT).leads == ("Assistant Director of Law",)


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("Executive Director of Place and Executive Director of Resources",
         ("Executive Director of Place", "Executive Director of Resources")),
        ("Head of Finance, Head of IT", ("Head of Finance", "Head of IT")),
        ("Head of Finance / Head of IT", ("Head of Finance", "Head of IT")),
        ("Portfolio Holder for Finance", ("Portfolio Holder for Finance",)),
        ("Cabinet Member for Children & Education", ("Cabinet Member for Children and Education",)),
        ("Corporate Director, Resources", ("Corporate Director of Resources",)),
        ("Section 151 Officer & Monitoring Officer", ("Section 151 Officer", "Monitoring Officer")),
        ("S151 Officer", ("Section 151 Officer",)),
        ("Leader of the Council and Chief Executive", ("Leader", "Chief Executive")),
        ("Interim Director of Finance", ("Director of Finance",)),
        ("Managing Director Commissioner", ("Managing Director Commissioner",)),
        ("Audit and Risk Assurance Committee", ("Audit and Risk Assurance Committee",)),
        ("Health and Wellbeing Board", ("Health and Wellbeing Board",)),
        ("Finance Manager", ("Finance Manager",)),
        ("Assistant Chief Executive", ("Assistant Chief Executive",)),
        ("", ()),
    ],
)  # fmt: skip
def test_posts_and_bodies_of_other_councils(cell: str, leads: tuple[str, ...]) -> None:
    reading = read_leads(cell)
    assert reading.leads == leads
    assert reading.unread == ()


@pytest.mark.parametrize("cell", ["Kim Bromley-Derry", "TBC", "All", "Director"])
def test_what_names_no_post_is_kept_unread(cell: str) -> None:
    reading = read_leads(cell)
    assert reading.leads == ()
    assert reading.unread == (cell,)


def test_a_council_adds_its_own_names() -> None:
    rules = LeadRules(
        aliases={"DCS": CHILDREN, "Corp Comms": "Head of Communications"}, posts=("The Deputy",)
    )
    reading = read_leads("DCS and Corp Comms The Deputy", LeadVocabulary.learn(["DCS"], rules), rules)
    assert reading.leads == (CHILDREN, "Head of Communications", "The Deputy")


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("Leadership Team", True),
        ("Cabinet", True),
        ("Cabinet Members", True),
        ("Scrutiny", True),
        ("Commissioner", True),
        ("Health and Wellbeing Board", True),
        ("Managing Director Commissioner", False),
        ("Chief Executive", False),
        ("Leader", False),
        ("Cabinet Member for Finance", False),
        ("Director of Law and Governance", False),
    ],
)
def test_collective_bodies(name: str, collective: bool) -> None:
    assert is_collective(name) is collective


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*CELLS, "and", "&", "–", "of", "Law", "Team", ",", "("]), max_size=6).map(
            " ".join
        ),
    )
)
def test_nothing_raises_and_no_word_is_lost(cell: str) -> None:
    reading = read_leads(cell)
    if not reading.leads:
        kept = {word for piece in reading.unread for word in piece.lower().split()}
        lost = {word for word in cell.lower().split() if word.isalpha()} - kept
        assert lost <= {"and", "with"}


def test_every_lead_cell_of_the_plan() -> None:
    cells = column(LEAD)
    assert {cell for _, cell in cells if cell} == set(CELLS)
    vocabulary = LeadVocabulary.learn(cell for _, cell in cells)
    named = {(action, lead) for action, cell in cells for lead in read_leads(cell, vocabulary).leads}
    assert Counter(lead for _, lead in named) == ON_ACTIONS
    leads = Counter(action for action, _ in named)
    assert sum(number > 1 for number in leads.values()) == 16
    assert {action for action, _ in cells} - set(leads) == {424}
