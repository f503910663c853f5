"""Policies asked for in the words of a system prompt, on a small table of teas."""

from __future__ import annotations

import pytest

from agent.policy_wishes import policy_of
from kg.policy import Policy
from kg.sources.mapping import Mapping
from kg.sources.table import Tables, read
from kg.types import Condition, RelationName
from tests.typed_tables import opened
from tools.knowledge import Knowledge

TEAS = (
    "name,shop,promoted,strength,price (EUR),in stock\n"
    "Amber Leaf,Vela; Quint,yes,mild,5,yes\n"
    "Birch Smoke,Vela,no,hot,10,no\n"
    "Cedar Bud,Quint; Vela,no,mild,8,yes\n"
    "Dune Root,Sable; Quint,no,medium,7.5,yes\n"
    "Elder Petal,Sable; Quint,no,mild,17.5,yes\n"
)
ONE = Policy(one_at_a_time=True)
KNOWN = Policy(exclude_known=True)


def always(relation: str, op: str, value: str) -> Policy:
    return Policy(always=(Condition(RelationName(relation), value, op),))  # type: ignore[arg-type]


STOCKED = always("in_stock", "is", "yes")
BUDGET = Policy(ask=(RelationName("price"),))
CONFIRM = Policy(confirm={RelationName("strength"): ("hot",)})
AVAILABLE = Policy(available=RelationName("shop"))


def disclosed(sentence: str = "Please note: this one is promoted.") -> Policy:
    return Policy(disclose={RelationName("promoted"): sentence})


@pytest.fixture(scope="module")
def teas(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("teas")
    (folder / "teas.csv").write_text(TEAS, encoding="utf-8")
    built = read(Tables(folder / "teas.csv"), Mapping(guess=True), "teas")
    return Knowledge(opened(built, folder / "built").graph, lambda: pytest.fail("no index"))


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("recommend one tea at a time", ONE),
        ("Present one recommendation at a time.", ONE),
        ("Suggest a single tea, please.", ONE),
        ("Do not list multiple recommendations in a single message.", ONE),
        ("Never offer more than one option at once.", ONE),
        ("never recommend what the customer already has", KNOWN),
        ("Don't suggest teas they've bought.", KNOWN),
        ("Only show items they haven't tried yet.", KNOWN),
        ("Exclude teas they have purchased before.", KNOWN),
        ("Always check the customer's purchase history before making a recommendation.", KNOWN),
        ("only items in stock", STOCKED),
        ("Every tea must be in stock.", STOCKED),
        ("Never offer anything that is out of stock.", STOCKED),
        ("Nothing over 10 euros.", always("price", "<=", "10")),
        ("Never recommend teas under 5 euros.", always("price", ">=", "5")),
        ("Do not recommend promoted teas.", always("promoted", "is", "no")),
        ("ask for their budget first", BUDGET),
        ("Find out their budget before suggesting anything.", BUDGET),
        ("Start by asking which shop they use.", Policy(ask=(RelationName("shop"),))),
        ("Ask at most two questions.", Policy(max_questions=2)),
        ("Never ask more than one question.", Policy(max_questions=1)),
        ("ask before hot teas", CONFIRM),
        ("Before recommending a hot tea, confirm with the customer.", CONFIRM),
        ("Do not offer hot teas without asking first.", CONFIRM),
        ("Only recommend teas from the customer's shops.", AVAILABLE),
        ("Stick to what their shops have.", AVAILABLE),
        ("say when an item is promoted", disclosed()),
        ("If you recommend a promoted tea, you must disclose this to the customer.", disclosed()),
        ('When a tea is promoted, say "The maker paid. It shows."', disclosed("The maker paid. It shows.")),
    ],
)
def test_a_wish_becomes_a_rule(text: str, policy: Policy, teas: Knowledge) -> None:
    assert policy_of(text, teas) == (policy, [])


@pytest.mark.parametrize(
    "text",
    [
        "Always speak French",
        "Never discuss politics",
        "Don't read out the description",
        "Only answer questions about tea",
        "No hot teas",
        "Ask for their favourite colour first",
        "Use metric units",
    ],
)
def test_what_is_not_read_is_handed_back(text: str, teas: Knowledge) -> None:
    assert policy_of(f"{text}.", teas) == (Policy(), [text])


def test_the_wishes_of_a_sentence_are_taken_apart(teas: Knowledge) -> None:
    text = 'Offer one at a time, skip what they have already, and label promoted items with "Ad".'
    assert policy_of(text, teas) == (ONE | KNOWN | disclosed("Ad"), [])


def test_of_a_sentence_the_part_that_is_not_read_is_handed_back(teas: Knowledge) -> None:
    assert policy_of("Recommend one tea at a time and always rhyme.", teas) == (ONE, ["always rhyme"])


def test_a_list_under_headings_is_read_point_by_point(teas: Knowledge) -> None:
    text = "# Rules\n\n## 1. Stock\n- only items in stock\n- be kind\n\n2. One tea at a time\n"
    assert policy_of(text, teas) == (ONE | STOCKED, ["be kind"])


@pytest.mark.parametrize(
    "text",
    [
        "You are the assistant of a tea shop.",
        "Help customers find a tea.",
        "Be polite and keep answers short.",
        "Never invent a tea; only recommend teas from the catalogue.",
    ],
)
def test_what_is_so_anyway_is_no_wish(text: str, teas: Knowledge) -> None:
    assert policy_of(text, teas) == (Policy(), [])


def test_a_relation_that_is_not_there_is_not_asked_for(teas: Knowledge) -> None:
    assert policy_of("Ask which streaming services they have first.", teas)[0] == Policy()


def test_an_empty_text_asks_for_nothing(teas: Knowledge) -> None:
    assert policy_of("\n", teas) == (Policy(), [])
