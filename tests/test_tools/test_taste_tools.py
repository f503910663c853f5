"""similar_items, group_favourites and rank_for_user on the toy catalogue and planted histories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Histories
from kg.documents import documents
from kg.embedders import Lsa
from kg.graph import KnowledgeGraph
from kg.references import joined
from kg.taste.model import Taste
from kg.types import Condition, Entity, EntityId, Item, ItemId, RelationName, User
from kg.vectors import exact_index
from tests.conftest import as_graph, toy_catalogue
from tools.errors import ToolError
from tools.groups import group_favourites
from tools.knowledge import Asker, Knowledge
from tools.rank import rank_for_user
from tools.similar import similar_items
from tools.theme import Theme, theme
from tools.types import Followed

DRAMA = Condition(RelationName("genre"), "Drama")
ITEMS = [str(n) for n in range(1, 7)]
Made = Callable[..., Knowledge]


def asker(*history: str, **said: object) -> Asker:
    return Asker(tuple(map(ItemId, history)), **said)  # type: ignore[arg-type]


@pytest.fixture
def made(toy: KnowledgeGraph, tmp_path: Path) -> Made:
    """Make the toy catalogue with other histories, positions from 0 (item "1" is 0)."""

    def make(histories: list[list[int]], users: list[User] | None = None) -> Knowledge:
        people = users or [User(f"u{n}") for n in range(len(histories))]
        catalogue = replace(toy.catalogue, users=people, histories=Histories.pack(histories))
        naming.write(catalogue, tmp_path)
        graph = KnowledgeGraph(catalogue, names.load(tmp_path))
        return Knowledge(
            graph, lambda: exact_index(graph, Lsa.fit(documents(graph))), lambda: Taste(catalogue)
        )

    return make


# similar_items


def test_what_people_chose_next_comes_first(made: Made) -> None:
    knowledge = made([[0, 1]] * 20 + [[0, 2]] * 30)
    found = similar_items(knowledge, ["1"])
    assert (found.by, [hit.id for hit in found.items][:2]) == ("choices", ["3", "2"])


def test_what_one_person_chose_next_is_a_coincidence(made: Made) -> None:
    found = similar_items(made([[0, 3]]), ["1"])
    best = [hit.id for hit in found.items][:2]
    assert (found.by, best) == ("facts", ["5", "2"])  # the second part; Ada Quill made "2", with Mara Vance


def test_what_is_said_of_two_parts_and_their_kind_bring_them_together(made: Made) -> None:
    knowledge = made([])
    assert [similar_items(knowledge, [part]).items[0].id for part in ("1", "5")] == ["5", "1"]


def test_what_items_share_counts_the_less_the_more_people_agree(made: Made) -> None:
    places = [
        [hit.id for hit in similar_items(made([[0, 3]] * people), ["1"]).items].index("4")
        for people in (1, 4, 40)
    ]
    assert places[0] > places[-1] == 0


def test_the_reason_counts_people_and_names_where_they_came_from(made: Made) -> None:
    knowledge = made([[0, 1], [0, 5, 1], [1, 0]])
    assert similar_items(knowledge, ["1"]).reasons[0] == Followed(ItemId("2"), ItemId("1"), 2)


def test_of_several_items_the_reason_is_the_one_most_people_came_from(made: Made) -> None:
    knowledge = made([[0, 2], [1, 2], [1, 2]])
    assert similar_items(knowledge, ["1", "2"]).reasons == (Followed(ItemId("3"), ItemId("2"), 2),)


def test_a_reason_is_given_for_every_item_found_by_choices(made: Made) -> None:
    found = similar_items(made([[0, 1, 2, 3]]), ["1"])
    assert {reason.item for reason in found.reasons} == {"2", "3", "4"}


def test_conditions_are_proved_for_what_is_returned(made: Made) -> None:
    found = similar_items(made([[0, 1, 4], [0, 1]]), ["1"], conditions=[DRAMA])
    assert ([hit.id for hit in found.items], [e.item for e in found.evidence]) == (["5"], ["5"])


def test_what_the_person_knows_is_left_out(made: Made) -> None:
    knowledge = made([[0, 1], [0, 2]]).asked_by(asker("2"))
    assert "2" not in [hit.id for hit in similar_items(knowledge, ["1"]).items]


def test_without_items_the_latest_choices_count(made: Made) -> None:
    knowledge = made([[0, 1], [0, 2]])
    mine, named = knowledge.asked_by(asker("1")), similar_items(knowledge, ["1"])
    assert [hit.id for hit in similar_items(mine, []).items] == [hit.id for hit in named.items]


def test_somebody_new_who_names_nothing_is_refused(made: Made) -> None:
    with pytest.raises(ToolError, match="name an item or use search_items"):
        similar_items(made([[0, 1]]), [])


def test_somebody_who_disliked_everything_has_no_latest_choice(made: Made) -> None:
    disliked = replace(asker("1", "2"), dislikes=frozenset((ItemId("1"), ItemId("2"))))
    with pytest.raises(ToolError, match="nothing is known"):
        similar_items(made([[0, 1]]).asked_by(disliked), [])


def test_where_nobody_chose_facts_decide(made: Made) -> None:
    found = similar_items(made([[1, 2]]), ["4"])
    assert (found.by, {hit.id for hit in found.items[:2]}, found.reasons) == ("facts", {"2", "3"}, ())


def test_a_theme_decides_among_what_is_chosen_equally_often(made: Made) -> None:
    knowledge = made([[0, 3], [0, 2]] * 10)
    assert similar_items(knowledge, ["1"], "two forgers sell the moon").items[0].id == "3"


def test_what_shares_nothing_and_nobody_chose_after_it_is_not_returned(made: Made) -> None:
    assert "4" not in [hit.id for hit in similar_items(made([[0, 1], [3, 4]]), ["1"]).items]


# A theme


def test_a_theme_without_words_says_nothing(toy_knowledge: Knowledge) -> None:
    assert not theme(toy_knowledge, " …!")


def test_without_histories_a_theme_is_what_is_near_its_words(made: Made) -> None:
    scores = theme(made([[]]), "lighthouse keeper counts ships").scores
    assert scores.argmax() == 0


# group_favourites


def test_a_group_gets_what_it_over_chooses(toy_knowledge: Knowledge) -> None:
    assert group_favourites(toy_knowledge, gender="M").items[0].id == "4"


def test_the_group_is_said_with_its_size(toy_knowledge: Knowledge) -> None:
    found = group_favourites(toy_knowledge, gender="F", age=30)
    assert (found.group, found.people) == ({"gender": "F", "age": "under 45"}, 1)


def test_what_the_person_said_before_is_taken_if_nothing_is_given(toy_knowledge: Knowledge) -> None:
    found = group_favourites(toy_knowledge.asked_by(asker(gender="M")))
    assert found.group == {"gender": "M"}


def test_of_what_the_person_said_before_the_unknown_is_left_out(toy_knowledge: Knowledge) -> None:
    found = group_favourites(toy_knowledge.asked_by(asker(gender="F", occupation="astronaut")))
    assert found.group == {"gender": "F"}


def test_a_combination_that_nobody_is_gives_way_to_a_wider_group(toy_knowledge: Knowledge) -> None:
    found = group_favourites(toy_knowledge.asked_by(asker(gender="F", occupation="farmer")))
    assert found.group == {"gender": "F"}


def test_an_unknown_occupation_is_refused_with_those_there_are(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="known as 'astronaut'; it knows artist, farmer"):
        group_favourites(toy_knowledge, occupation="astronaut")


def test_a_group_of_nobody_is_refused(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="leave something out"):
        group_favourites(toy_knowledge, gender="F", occupation="farmer")


def test_a_profile_is_never_inferred_from_choices(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="nothing of the kind is known"):
        group_favourites(toy_knowledge.asked_by(asker("4", "2")))


def test_conditions_hold_for_the_favourites_of_a_group(toy_knowledge: Knowledge) -> None:
    found = group_favourites(toy_knowledge, gender="F", conditions=[DRAMA])
    assert [hit.id for hit in found.items] == [edge.item for edge in found.evidence] == ["1"]


# rank_for_user


def test_what_goes_with_the_history_comes_first(made: Made) -> None:
    knowledge = made([[0, 4], [0, 4], [1, 5], [2, 5]])
    assert rank_for_user(knowledge, ["6", "5"], history=["1", "1"]).items == ("5", "6")


def test_what_goes_with_what_was_disliked_comes_last(made: Made) -> None:
    who = replace(asker("1"), dislikes=frozenset((ItemId("1"),)))
    knowledge = made([[0, 4], [1, 5]]).asked_by(who)
    assert rank_for_user(knowledge, ["5", "6"]).items == ("6", "5")


def test_what_the_person_knows_comes_last(toy_knowledge: Knowledge) -> None:
    assert rank_for_user(toy_knowledge, ["1", "2", "3"], history=["1", "2"]).items == ("3", "2", "1")


def test_ties_keep_the_given_order(made: Made) -> None:
    knowledge = made([[0, 1]])
    assert rank_for_user(knowledge, ["6", "4", "5"], history=["1"]).items == ("6", "4", "5")


def test_of_somebody_new_the_given_order_stands(toy_knowledge: Knowledge) -> None:
    ranked = rank_for_user(toy_knowledge, ["6", "2", "4"])
    assert (ranked.items, ranked.by) == (("6", "2", "4"), "nothing known")


def test_a_profile_alone_orders_by_its_group(toy_knowledge: Knowledge) -> None:
    ranked = rank_for_user(toy_knowledge, ["1", "4"], gender="M")
    assert (ranked.items, ranked.by) == (("4", "1"), "group")


def test_a_profile_this_catalogue_does_not_know_leaves_the_history_to_decide(made: Made) -> None:
    knowledge = made([[0, 4], [1, 5]]).asked_by(asker("1", occupation="astronaut", age=50))
    ranked = rank_for_user(knowledge, ["6", "5"])
    assert (ranked.items, ranked.by) == (("5", "6"), "choices")


def test_a_user_of_the_log_is_ranked_for_by_their_choices(toy_knowledge: Knowledge) -> None:
    assert rank_for_user(toy_knowledge, ["4", "3"], user_id="u2").items == ("3", "4")


def test_an_unknown_user_is_named(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="no user has the id 'u9'"):
        rank_for_user(toy_knowledge, ["1"], user_id="u9")


def test_an_unknown_item_of_a_history_is_named(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="no item has the id '99'"):
        rank_for_user(toy_knowledge, ["1"], history=["99"])


@pytest.mark.parametrize("length", [0, 1, 3, 10_000])
def test_histories_of_any_length_order_the_same_items(toy_knowledge: Knowledge, length: int) -> None:
    history = [ITEMS[n % 3] for n in range(length)]
    assert sorted(rank_for_user(toy_knowledge, ITEMS, history=history).items) == ITEMS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    items=st.lists(st.sampled_from(ITEMS), unique=True),
    history=st.lists(st.sampled_from(ITEMS), max_size=20),
    disliked=st.sets(st.sampled_from(ITEMS)),
    gender=st.sampled_from([None, "F", "M", "X", ""]),
    age=st.sampled_from([None, -3, 0, 25, 50, 10**9]),
    occupation=st.sampled_from([None, "artist", "farmer", "astronaut"]),
)
def test_the_order_is_a_permutation_with_the_known_last(
    toy_knowledge: Knowledge,
    items: list[str],
    history: list[str],
    disliked: set[str],
    gender: str | None,
    age: int | None,
    occupation: str | None,
) -> None:
    dislikes = frozenset(map(ItemId, disliked & set(history)))
    who = Asker(tuple(map(ItemId, history)), frozenset(), dislikes, gender, age, occupation)
    ranked = rank_for_user(toy_knowledge.asked_by(who), items).items
    known = [item in history for item in ranked]
    assert (sorted(ranked), known) == (sorted(items), sorted(known))


# Who asks


def test_nothing_is_known_of_nobody() -> None:
    assert not Asker()


def test_to_ask_for_somebody_opens_nothing_twice(toy: KnowledgeGraph) -> None:
    opened = []

    def opening() -> object:
        opened.append(1)
        return exact_index(toy, Lsa.fit(documents(toy)))

    knowledge = Knowledge(toy, opening)  # type: ignore[arg-type]
    first, second = knowledge.asked_by(asker("1")), knowledge.asked_by(asker("2"))
    assert (first.index is second.index, len(opened), first.taste is second.taste) == (True, 1, True)


def test_items_that_are_only_known_find_others_by_their_facts(tmp_path: Path) -> None:
    other = Builder()
    other.add_item(Item(ItemId("kite"), "Red Kite", 1979))
    for relation, label in (("cinematographer", "Cy Marsh"), ("genre", "Western")):
        other.add_fact(ItemId("kite"), relation, Entity(EntityId(label), label))
    graph = as_graph(joined(toy_catalogue(), other.finish("other", "tests", "1")), tmp_path)
    knowledge = Knowledge(graph, lambda: exact_index(graph, Lsa.fit(documents(graph))))
    found = similar_items(knowledge, ["other:kite"])
    assert (found.by, [hit.id for hit in found.items]) == ("facts", ["4", "2"])
    both = similar_items(knowledge, ["other:kite", "1"])
    assert "other:kite" not in [hit.id for hit in both.items]


# Like these, but


def test_a_kind_wished_for_beside_an_item_comes_first(made: Made) -> None:
    knowledge = made([[0, 1]] * 30 + [[0, 2]] * 20 + [[0, 5]] * 5)
    assert similar_items(knowledge, ["1"]).items[0].id == "2"
    assert similar_items(knowledge, ["1"], but="comedy").items[0].id == "3"


def test_a_mood_wished_for_is_the_kind_that_is_so(made: Made) -> None:
    knowledge = made([[0, 1]] * 30 + [[0, 2]] * 20)
    assert similar_items(knowledge, ["1"], but="funnier").items[0].id == "3"


def test_what_is_far_more_alike_comes_before_a_kind_wished_for(made: Made) -> None:
    knowledge = made([[0, 1]] * 30 + [[0, 2]] + [[2]] * 400)
    assert similar_items(knowledge, ["1"], but="comedy").items[0].id == "2"


def test_a_kind_wished_for_comes_first_where_few_choices_tell(made: Made) -> None:
    knowledge = made([[0, 1], [2]])
    assert similar_items(knowledge, ["1"], but="comedy").items[0].id == "3"


def test_a_theme_wished_for_beside_an_item_comes_first(made: Made) -> None:
    knowledge = made([[0, 1]] * 30 + [[0, 2]] * 30 + [[0, 3]] * 20)
    assert similar_items(knowledge, ["1"], but="in a desert").items[0].id == "4"


def test_what_is_wished_for_less_comes_last(made: Made) -> None:
    knowledge = made([[0, 1]] * 30 + [[0, 2]] * 25)
    assert [hit.id for hit in similar_items(knowledge, ["1"], less="thriller").items][:2] == ["3", "2"]


def test_among_items_unlike_these_those_that_the_same_people_chose_come_first(made: Made) -> None:
    # "2" and "6" are thrillers: many chose "2" next and everybody knows it, "6" only those who chose "1".
    knowledge = made([[0, 1]] * 60 + [[5, 0]] * 55 + [[1]] * 2000)
    thrillers = [Condition(RelationName("genre"), "Thriller")]
    assert similar_items(knowledge, ["1"], conditions=thrillers).items[0].id == "6"


def test_what_is_said_about_an_item_is_compared_once_for_all_who_ask(
    toy_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(knowledge: Knowledge, text: str) -> Theme:
        asked.append(text)
        return theme(knowledge, text)

    monkeypatch.setattr("tools.alike.theme", counted)
    knowledge = Knowledge(toy_knowledge.graph, lambda: toy_knowledge.index, lambda: toy_knowledge.taste)
    seed = next(
        str(item.id) for item in knowledge.graph.offered if item.id in knowledge.graph.catalogue.texts
    )
    alone = similar_items(knowledge, [seed])
    once = len(asked)
    assert [similar_items(knowledge.asked_by(asker(gender=who)), [seed]) for who in "MF"] == [alone, alone]
    assert (once, len(asked)) == (1, 1)
