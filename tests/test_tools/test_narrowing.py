"""narrow_down on the six films of `tests.tau_shop`: what is left, and what to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from agent.assistant import Assistant
from kg.adding import add_tables
from kg.sources.mapping import Mapping
from kg.sources.table import Tables
from kg.types import Condition, ItemId, Op, RelationName
from tests.tau_shop import films
from tools.errors import ToolError
from tools.knowledge import Asker, Knowledge
from tools.narrow import Narrowed, narrow_down


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """Six films."""
    home = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(home))
        (home / "films.json").write_text(json.dumps(films()), encoding="utf-8")
        add_tables("shop", Tables(home / "films.json"), Mapping(guess=True))
        yield Assistant("shop").knowledge


def of(relation: str, value: str, op: Op = "is") -> Condition:
    return Condition(RelationName(relation), value, op)


def ids(found: Narrowed) -> list[str]:
    return [hit.id for hit in found.items]


COMEDY, CRIME, DRAMA = (of("genre", each) for each in ("Comedy", "Crime", "Drama"))


def test_one_of_each_group_and_none_of_what_is_ruled_out_is_left(shop: Knowledge) -> None:
    rated = [of("content_rating", "PG"), of("content_rating", "PG-13")]
    found = narrow_down(shop, [COMEDY], [rated, [of("streaming_services", "Vidora")]], [CRIME])
    assert (set(ids(found)), found.total) == ({"long", "short", "weak"}, 3)


def test_the_better_rated_come_first_the_less_the_fewer_voted(shop: Knowledge) -> None:
    """Weighted by votes, the median of them 350: 8.0 of 500 voters, 7.5 of 400, 6.5 of 600, 4.5 of 100."""
    assert ids(narrow_down(shop, [COMEDY])) == ["long", "paid", "short", "weak"]


def test_far_beyond_a_guessed_bound_comes_before_near_it(shop: Knowledge) -> None:
    found = narrow_down(shop, [COMEDY], inferred=[of("runtime", "150", "<")])
    assert ids(found) == ["short", "paid", "weak"]


def test_what_is_preferred_comes_first_and_nothing_is_left_out(shop: Knowledge) -> None:
    found = narrow_down(shop, [COMEDY], preferred=[CRIME])
    assert (ids(found)[0], found.total) == ("paid", 4)


def test_what_the_person_has_is_left_out_where_that_is_asked_for(shop: Knowledge) -> None:
    known = shop.asked_by(Asker(history=(ItemId("long"),)))
    assert "long" in ids(narrow_down(known, [COMEDY]))
    assert "long" not in ids(narrow_down(known, [COMEDY], exclude_known=True))


def test_a_slot_tells_the_entropy_of_its_values(shop: Knowledge) -> None:
    """Of the two dramas one is on both services, one on Kinoway alone: shares 2/3 and 1/3, .918 bits."""
    gains = {slot.relation: slot.gain for slot in narrow_down(shop, [DRAMA]).slots}
    assert gains["streaming_services"] == pytest.approx(0.918296, abs=1e-6)
    assert gains["content_rating"] == pytest.approx(1.0)
    assert "genre" not in gains


def test_nobody_is_asked_how_many_voted_or_what_all_have(shop: Knowledge) -> None:
    asked = {slot.relation for slot in narrow_down(shop, [COMEDY]).slots}
    assert not asked & {"vote_count", "director", "release_date", "year"}


def test_where_nothing_is_left_it_is_said_what_would_be_without_a_condition(shop: Knowledge) -> None:
    long_drama = narrow_down(shop, [DRAMA, of("runtime", "140", ">=")])
    told = [([str(each) for each in way.without], way.total) for way in long_drama.relaxations]
    assert (long_drama.total, told) == (0, [(["runtime >= 140"], 2), (["genre: Drama"], 1)])


def test_a_value_that_is_none_here_is_refused(shop: Knowledge) -> None:
    with pytest.raises(ToolError, match="nothing called 'Opera' is a genre here"):
        narrow_down(shop, [], [[of("genre", "Opera")]])
