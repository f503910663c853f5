"""Wishes that stand over requests: how far they hold, what keeps to them, what overrides them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from agent.assistant import Assistant
from agent.builtin.lexicon.load import tables, words
from agent.builtin.wishes.said import _may_wish, parts_of
from agent.conversation import Conversation, Said, answer_last
from kg.types import Condition, RelationName
from tests.test_agent.conftest import ToyAssistant
from tools.knowledge import Asker
from tools.wishes import Wish

NO_WESTERNS = Wish((Condition(RelationName("genre"), "Western"),), always=True)


def said(assistant: Assistant, *messages: str, asker: Asker = Asker()) -> list[dict[str, Any]]:
    conversation = Conversation(assistant, asker=asker)
    return [conversation.say(message).answer for message in messages]


def ids(answer: dict[str, Any]) -> set[str]:
    return {line["id"] for line in answer["items"]}


def states(answer: dict[str, Any]) -> list[str]:
    return [each["state"] for each in answer["wishes"]]


@pytest.mark.parametrize(
    "message",
    [
        "no horror please",
        "I don't want anything scary",
        "no more than two hours",
        "fewer than 2.5 hours, rated 4.1 or better",
        "stop it",
        "a thief who cannot stop stealing has no more friends",
        "I always liked John Barry",
        "Always show the newest first",
    ],
)
def test_what_is_said_of_one_request_stands_over_no_others(message: str) -> None:
    assert not parts_of(message).wishes


def test_whatever_wishes_has_a_word_by_which_messages_with_wishes_are_told() -> None:
    wishing = ("always", "opening", "here", "stopping", "never", "fewer", "less", "ending")
    said = [phrase for section in wishing for phrase in tables("standing")[section]]
    assert [phrase for phrase in said if not _may_wish(phrase)] == []
    assert words("standing", "permitting") <= words("standing", "signs")


def test_a_long_story_is_no_wish_for_no_more_of_anything() -> None:
    assert not parts_of(f"{'He walks on and on. ' * 9} No more westerns.").wishes


def test_what_is_asked_beside_a_wish_is_the_request() -> None:
    parts = parts_of("From now on, nothing by Ada Quill. What about a western?")
    (part, clause), *others = parts.wishes
    assert (part.text, part.always, others) == ("nothing by Ada Quill", True, [])
    assert parts.rest([clause]) == "What about a western?"


def test_a_wish_holds_over_requests_and_is_said(toy_usher: Assistant) -> None:
    noted, found = said(toy_usher, "stop suggesting westerns", "films directed by Dov Eberhart")
    assert (noted["act"], noted["note"]) == ("acknowledge", "Noted, for this conversation: no western.")
    assert ids(found) == {"3"}
    assert "no western (1 left out)" in found["text"]
    assert [(each["state"], each["left_out"]) for each in found["wishes"]] == [("held", 1)]


def test_a_request_for_it_counts_and_so_does_what_follows_on_that_request(toy_usher: Assistant) -> None:
    _, asked, follows, other = said(
        toy_usher, "stop suggesting westerns", "a western", "from the 1990s", "films directed by Dov Eberhart"
    )
    assert (ids(asked), states(asked)) == ({"4"}, ["overridden"])
    assert "You ask for it now" in asked["text"]
    assert ids(follows) == {"4"}
    assert ids(other) == {"3"}


def test_a_wish_is_withdrawn_in_words(toy_usher: Assistant) -> None:
    for withdrawal in ("westerns are fine again", "forget that"):
        _, gone, found = said(toy_usher, "no more westerns", withdrawal, "films directed by Dov Eberhart")
        assert (gone["act"], gone["note"]) == ("acknowledge", "No longer kept to: no western.")
        assert (ids(found), found["wishes"]) == ({"3", "4"}, [])


def test_where_all_that_fits_is_left_out_that_is_said(toy_usher: Assistant) -> None:
    _, _, found = said(
        toy_usher, "stop suggesting westerns", "no more comedies", "films directed by Dov Eberhart"
    )
    assert (found["act"], found["items"]) == ("decline", [])
    assert "All that fits is left out" in found["note"]


def test_what_no_fact_tells_is_said(toy_usher: Assistant) -> None:
    [answer] = said(toy_usher, "never show me films with gory scenes")
    assert (answer["act"], states(answer)) == ("decline", ["unread"])
    assert "gory scenes" in answer["text"]


def test_only_some_years_from_now_on_and_a_request_for_others(toy_usher: Assistant) -> None:
    first, second, third = said(
        toy_usher, "From now on only films after 1985. A drama please", "a thriller", "a film from 1981"
    )
    assert "for this conversation only" in first["text"]  # nobody keeps anything of a nameless person
    assert (ids(first), ids(second)) == ({"5"}, {"6"})
    assert (ids(third), states(third)) == ({"2"}, ["overridden"])


def test_a_later_bound_takes_the_place_of_an_earlier_one(toy_usher: Assistant) -> None:
    *_, found = said(
        toy_usher,
        "only films after 1995 from now on",
        "only films after 1980 from now on",
        "thrillers",
    )
    assert ids(found) == {"2", "6"}


def test_what_was_shown_is_shown_again_without_what_is_not_wanted(toy_usher: Assistant) -> None:
    _, again = said(toy_usher, "films directed by Dov Eberhart", "stop suggesting westerns")
    assert (ids(again), states(again)) == ({"3"}, ["noted"])


def test_less_of_what_was_shown_comes_last(toy_usher: Assistant) -> None:
    first, again = said(toy_usher, "films directed by Ada Quill", "fewer dramas please")
    assert [line["id"] for line in again["items"]][-1] == "1"
    assert ids(first) == ids(again)


def test_what_is_remembered_holds_and_is_withdrawn_for_the_conversation(toy_usher: Assistant) -> None:
    asker = Asker(wishes=(NO_WESTERNS,))
    held, gone, found = said(
        toy_usher,
        "films directed by Dov Eberhart",
        "westerns are fine again",
        "films directed by Dov Eberhart",
        asker=asker,
    )
    assert (ids(held), states(gone), ids(found)) == ({"3"}, ["withdrawn"], {"3", "4"})


def test_what_is_kept_with_a_person_is_said_to_hold_from_now_on(toy_usher: Assistant) -> None:
    [noted] = said(toy_usher, "from now on no westerns", asker=Asker(keeps=True))
    assert noted["note"] == "Noted, from now on: no western."
    assert [(each["always"], each["meant"]) for each in noted["wishes"]] == [(True, "always")]


def test_a_whole_list_of_messages_gives_the_same_answer(toy_usher: Assistant) -> None:
    turns = ("stop suggesting westerns", "films directed by Dov Eberhart")
    whole = answer_last(toy_usher, [Said("user", turns[0]), Said("assistant", "…"), Said("user", turns[1])])
    assert whole.answer == said(toy_usher, *turns)[-1]


def test_answers_without_wishes_say_nothing_of_them(toy_usher: Assistant) -> None:
    [answer] = said(toy_usher, "films directed by Dov Eberhart")
    assert answer["wishes"] == []


def test_nothing_that_is_two_things_at_once(toy_usher: Assistant) -> None:
    noted, found = said(toy_usher, "never suggest thrillers with Theo Brandt", "thrillers")
    assert "no thrillers with Theo Brandt" in noted["text"]
    assert ids(found) == {"2"}


def test_more_like_an_item_that_was_shown_but_beyond_it(toy_usher: Assistant) -> None:
    _, newer = said(toy_usher, "films directed by Ada Quill", "more like the second but newer")
    assert newer["basis"] == "taste"
    [bound] = newer["conditions"]
    assert (bound["relation"], bound["op"]) == ("year", ">")
    assert newer["items"]
    assert all(line["year"] > bound["value"] for line in newer["items"])


def test_an_item_that_was_shown_comes_never_again(toy_usher: Assistant) -> None:
    first, again = said(toy_usher, "films directed by Dov Eberhart", "never show me the first one again")
    assert ids(again) == ids(first) - {first["items"][0]["id"]}


class _Stubborn(BaseChatModel):
    """Recommends the same items whatever is said, and keeps whether it was told of a wish."""

    _told: list[bool] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "stubborn"

    def bind_tools(self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **kwargs: Any) -> ChatResult:
        shown = next(str(message.content) for message in reversed(messages) if message.type == "human")
        place = len(messages)
        if not str(getattr(messages[-1], "tool_call_id", "")).startswith("a-"):
            args: dict[str, Any] = {"conditions": [], "limit": 10}
            call = {"name": "find_items", "args": args, "id": f"a-{place}", "type": "tool_call"}
        else:
            self._told.append("no western" in shown)
            args = {"items": ["4", "3"], "conditions": []}
            call = {"name": "recommend", "args": args, "id": f"b-{place}", "type": "tool_call"}
        return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=[call]))])


def test_a_language_model_is_held_to_wishes_too(toy_assistant: ToyAssistant) -> None:
    stubborn = _Stubborn()
    noted, found = said(toy_assistant(model=stubborn), "stop suggesting westerns", "anything good?")
    assert noted["note"] == "Noted, for this conversation: no western."
    assert ids(found) == {"3"}
    assert stubborn._told == [True]


def test_a_language_model_is_held_to_wishes_of_a_whole_list_of_messages(toy_assistant: ToyAssistant) -> None:
    messages = [
        Said("user", "stop suggesting westerns"),
        Said("assistant", "…"),
        Said("user", "anything good?"),
    ]
    assert ids(answer_last(toy_assistant(model=_Stubborn()), messages).answer) == {"3"}


def test_items_are_counted_in_the_order_in_which_they_were_shown(usher: Assistant) -> None:
    thrillers, fewer, cast = said(usher, "thrillers", "less of this", "who directed the first one?")
    first = fewer["items"][0]
    assert first["id"] != thrillers["items"][0]["id"]
    assert [fact["item"] for fact in cast["facts"]] == [first["id"]]
