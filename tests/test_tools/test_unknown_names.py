"""Names that the built-in catalogue does not have, wherever they stand in a message."""

from __future__ import annotations

import pytest

from kg.store import open_catalogue
from tools.knowledge import Knowledge
from tools.link import link_entities


@pytest.fixture(scope="module")
def builtin() -> Knowledge:
    def no_index() -> None:
        raise AssertionError("linking needs no text index")

    return Knowledge(open_catalogue().graph, no_index)  # type: ignore[arg-type]


def unknown(knowledge: Knowledge, text: str) -> list[str]:
    return [part.text for part in link_entities(knowledge, text).unlinked]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I want something similar to Smile 2", ["Smile 2"]),
        ("Wompkin 3 but scarier", ["Wompkin 3"]),
        ("The Encardas movie made my nephew howl", ["The Encardas"]),
        ("my sister keeps telling me about The Tarkin in Our Stars", ["The Tarkin in Our Stars"]),
        ("My nephew lent me Sandrake and I want more fantasy", ["Sandrake"]),
        ("The kids wore out Wompkin and the Encarda soundtrack", ["Wompkin", "Encarda"]),
        ("I could not get over Tarkin. Something like that?", ["Tarkin"]),
        ("Last month was Evicted, next we want a novel", ["Evicted"]),
        ("Already read Hyperglade and Ready Runner Nine", ["Hyperglade", "Ready Runner Nine"]),
        ("I've read all the Knausgaard they have", ["Knausgaard"]),
        ("Spielberg, but not his film Amindra", ["Amindra"]),
        ("A heist film, not Rokuro please", ["Rokuro"]),
        ("There is a Succession shaped hole in my evenings", ["Succession"]),
        ("Who is the director of Rustin and who of Jaws?", ["Rustin"]),
        ("Who wrote Nutshell?", ["Nutshell"]),
        ("Finished Lupin on Netflix, want a French heist film", ["Lupin"]),
        ("We have seen every Bluey episode there is. Family films please", ["Bluey"]),
        ("Musicals, but I'm sick of Mamma Lucinda and Encarda", ["Mamma Lucinda", "Encarda"]),
        (
            "Head of maths here, and by now I have worn out A Beautiful Life and Simple Things",
            ["A Beautiful Life", "Simple Things"],
        ),
        ("Seen The Cure for Blue Monday twice", ["The Cure for Blue Monday"]),
        ("A novel, ideally by Anna Karelin", ["Anna Karelin"]),
    ],
)
def test_a_name_in_a_story_stands_where_a_title_or_a_person_does(
    builtin: Knowledge, text: str, names: list[str]
) -> None:
    assert unknown(builtin, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cant stop thinking about saltmere", ["saltmere"]),
        ("he keeps going on about jerry seinfeld, got anything with him?", ["jerry seinfeld"]),
        ("films with meryl streep and nora kestrel", ["nora kestrel"]),
        ("just finished harrowmet and cried", ["harrowmet"]),
        ("no totoro, and bluey too please, so bluey is out", ["bluey", "bluey"]),
        ("when did shrolk come out", ["shrolk"]),
        ("when did dusklight come out", ["dusklight"]),
        ("not my cousin vorny, everyone says my cousin vorny", ["my cousin vorny", "my cousin vorny"]),
        ("korean films with lee min ho", ["lee min ho"]),
    ],
)
def test_a_name_in_small_letters_is_whole_and_is_one_wherever_it_stands(
    builtin: Knowledge, text: str, names: list[str]
) -> None:
    assert unknown(builtin, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Going to Kyoto in November, so a Japanese novel",
        "Moved to Newark with Gerald in March, need a comedy for Friday",
        "Grandad Stan was in the navy, war films for him please",
        "My aunt Doris lives in Leeds and wants westerns",
        "We watched it in Vienna with Kasia. Another film by Carol Reed?",
        "NQT drowning slightly, my gf wants a comedy on TV tonight",
        "comedies for my mate baz and his missus",
        "gonna watch a horror with my bf tmrw, recs?",
        "a comedy for tonight. And a memoir to read afterwards",
        "my film prof wouldn't shut up about thrillers",
        "what year did uh casablanca come out",
        "who directed the 3rd one",
    ],
)
def test_who_and_where_a_person_is_names_nothing_of_the_catalogue(builtin: Knowledge, text: str) -> None:
    assert unknown(builtin, text) == []
