"""Requests on tables of hobbies as they come: `corpus_own_hobbies.txt` has what each of them means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asked_tables import Ask, asking
from corpora import each_of

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TABLES = {
    "cutters.csv": """\
Cutter;Built;Length;Rig;Berths;Asking price;Engine hrs;Lying at;Jetty incl.;Listed;Description
Ash Wren;1991;30 ft;Gaff;2;£22,500;4100;Arden;N;3 Mar 2026;Sound hull, new stove, compost toilet
Bay Wren;2004;42 ft;Sloop;4;£48,000;2900;Bexley, Kent;Y;12 Sep 2026;Solar panels, teak decks
Cob Wren;1992;42 ft;Gaff;4;£52,000;6300;Corle;N;21 Oct 2026;Solar panels, washing machine
Dew Wren;2019;42 ft;Sloop;6;£91,000;350;Derwen, Kent;N;2 Nov 2026;Fully electric, wheelchair hoist
Elm Wren;1985;36 ft;Junk;2;POA;5200;Arden;Y;14 Jun 2026;Leaks at the bow, needs work
Fir Wren;2011;51 ft;Sloop;6;£74,000;?;Elham, Kent;Y;30 Jun 2026;Library below, stove and heating
Gum Wren;2015;42 ft;Gaff;8;£83,000;1200;Corle;N;5 Nov 2026;Ex-charter, bunks for eight
""",
    "walks.csv": """\
Walk,Region,Distance,Dogs,Time
Ridge Round,Arden,14 km,on lead,5 h
Mill Loop,Bexley,6.5 km,yes,2 h
Moor Crossing,Bexley,19 km,no,6 h 30
""",
    "flippers.jsonl": """\
{"title": "Ash Storm", "maker": "Arden", "year": 1991, "designers": ["Ada Finch"], \
"themes": ["horror", "comedy"], "cost": "50p", "room": "Main hall", "playable": true, \
"difficulty": "easy", "acquired": "2019-04-02", \
"note": "A ghost's head that talks to you"}
{"title": "Bay Comet", "maker": "Bexley", "year": 1992, "designers": ["Ada Finch", "Bo Lind"], \
"themes": ["horror"], "cost": "£1.00", "room": "Back room", "playable": false, \
"difficulty": "hard", "acquired": "2021-09-16", \
"note": "Motor dead, waiting for a part"}
{"title": "Cob Rally", "maker": "Arden", "year": 1986, "designers": ["Bo Lind"], "themes": ["cars"], \
"cost": "£1.50", "room": "Main hall", "playable": true, \
"difficulty": "medium", "acquired": "2023-01-20", \
"note": "Two levels and a gear stick"}
{"title": "Dew Circus", "maker": "Corle", "year": 2013, "designers": null, "themes": ["comedy", "music"], \
"cost": "free", "room": "Back room", "playable": true, \
"difficulty": "brutal", "acquired": "2024-07-11", \
"note": "Loud, with a band of clowns"}
{"title": "Elm Planet", "maker": "Bexley", "year": 2017, "designers": ["Cy Pane"], \
"themes": ["science fiction"], "cost": "£1.50", "room": "Side room", "playable": true, \
"difficulty": "medium", "acquired": "2025-03-08", \
"note": "Rockets rise behind the glass when you win"}
""",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the assistant on one of the tables, by its name."""
    with asking(TABLES, tmp_path_factory.mktemp("hobbies")) as ask:
        yield ask


@each_of(HERE / "corpus_own_hobbies.txt")
def test_tables_of_hobbies_are_asked_as_people_talk(meaning: str, text: str, ask: Ask) -> None:
    name, _, wanted = meaning.partition(": ")
    answer = ask(name, text)
    unused = [each.removeprefix("unused ") for each in wanted.split("; ") if each.startswith("unused ")]
    titles = [each for each in wanted.split("; ") if each and not each.startswith("unused ")]
    found = [item["title"] for item in answer["items"]]
    if " > " in wanted:
        assert found == titles[0].split(" > ")
    else:
        assert sorted(found) == sorted(titles)
    assert all(each in " ".join(answer["unused"]) for each in unused)
    assert bool(answer["unused"]) == bool(unused)


@pytest.mark.parametrize(
    ("table", "text", "relation", "values"),
    [
        ("cutters", "where is Ash Wren lying", "lying_at", ["Arden"]),
        ("cutters", "Where's the Gum Wren?", "lying_at", ["Corle"]),
        ("cutters", "where can I see Dew Wren", "lying_at", ["Derwen, Kent"]),
        ("cutters", "engine hours on Bay Wren?", "engine", ["2900"]),
        ("cutters", "berths on Gum Wren?", "berths", ["8"]),
        ("cutters", "what are they asking for Cob Wren", "asking_price", ["52000"]),
        ("cutters", "what's Cob Wren going for?", "asking_price", ["52000"]),
        ("cutters", "how much do they want for Cob Wren", "asking_price", ["52000"]),
        ("cutters", "what would Cob Wren set me back", "asking_price", ["52000"]),
        ("cutters", "Cob Wren price?", "asking_price", ["52000"]),
        ("cutters", "Cob Wren: length", "length", ["42"]),
        ("cutters", "Cob Wren, engine hours?", "engine", ["6300"]),
        ("cutters", "Elm Wren price?", "asking_price", []),
        ("flippers", "how hard is Dew Circus", "difficulty", ["brutal"]),
        ("flippers", "which room is Cob Rally in", "room", ["Main hall"]),
        ("flippers", "where do I find Elm Planet", "room", ["Side room"]),
        ("flippers", "when did you get Elm Planet", "acquired", ["2025-03-08"]),
        ("flippers", "what year did u get Cob Rally in", "acquired", ["2023-01-20"]),
        ("flippers", "what month did you buy Ash Storm", "acquired", ["2019-04-02"]),
        ("flippers", "can I play Bay Comet today?", "playable", ["no"]),
        ("flippers", "can you play Ash Storm", "playable", ["yes"]),
        ("flippers", "is Bay Comet working", "playable", ["no"]),
    ],
)
def test_questions_of_one_item_are_answered(
    table: str, text: str, relation: str, values: list[str], ask: Ask
) -> None:
    answer = ask(table, text)
    told = {fact["relation"]: fact["values"] for fact in answer["facts"]}
    assert told.get(relation) == values
    assert not answer["items"]
    assert not answer["unused"]
