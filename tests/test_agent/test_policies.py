"""Policies, enforced on a small catalogue of teas for answers of any model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from agent.answer import Answer, Line, Second, Told
from agent.answer_json import describe
from agent.assistant import Assistant
from agent.best_so_far import best_so_far
from agent.conversation import Conversation
from agent.policies import NOTHING_LEFT, Standing, enforced
from agent.policy_text import rules
from kg import catalogue as catalogues
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.store import Opened
from kg.types import Condition, Entity, EntityId, Item, ItemId, Kind, Relation, RelationName
from tests.conftest import as_graph
from tools.knowledge import Asker, Knowledge
from tools.policy import PolicyCheck, check_policy
from tools.proposal import Act, Fact

SHOP, STRENGTH, PROMOTED, GRAMS = map(RelationName, ("shop", "strength", "promoted", "grams"))
TEAS = {  # title, shops, strength, promoted, grams
    "a": ("Amber Leaf", ("Vela", "Quint"), "mild", 0, 50),
    "b": ("Birch Smoke", ("Vela",), "strong", 0, 100),
    "c": ("Cedar Bud", ("Quint",), "mild", 1, 80),
    "d": ("Dune Root", (), "medium", 0, 75),
    "e": ("Elder Petal", ("Sable",), "Strong", 1, 60),
}
EVERY = tuple(TEAS)
ONE = Policy(one_at_a_time=True)
KNOWN = Policy(exclude_known=True)
AVAILABLE = Policy(available=SHOP)
CONFIRM = Policy(confirm={STRENGTH: ("strong",)})
DISCLOSE = Policy(disclose={PROMOTED: "The maker paid for this."})
ALWAYS = Policy(always=(Condition(GRAMS, "70", ">="),))
ASK = Policy(ask=(SHOP, GRAMS), max_questions=2)
OF_VELA = Standing(has={SHOP: frozenset(("vela",))})
CONFIRMED = Standing(confirmed={STRENGTH: frozenset(("strong",))})
REFUSED = Standing(refused={STRENGTH: frozenset(("strong",))})


@pytest.fixture
def teas(tmp_path: Path) -> KnowledgeGraph:
    builder = Builder()
    for name, kind in ((SHOP, Kind.ORGANISATION), (STRENGTH, Kind.CATEGORY)):
        builder.relations[name] = Relation(name, kind)
    for name, kind in ((PROMOTED, Kind.FLAG), (GRAMS, Kind.NUMBER)):
        builder.relations[name] = Relation(name, kind)
    for key, (title, shops, strength, promoted, grams) in TEAS.items():
        builder.add_item(Item(ItemId(key), title, None, "tea"))
        for name, label in (*((SHOP, each) for each in shops), (STRENGTH, strength)):
            builder.add_fact(ItemId(key), name, Entity(EntityId(f"{name}/{label}"), label))
        builder.add_value(ItemId(key), PROMOTED, promoted)
        builder.add_value(ItemId(key), GRAMS, grams)
    built = builder.finish("teas", "invented", "1")
    (tmp_path / "teas").mkdir()
    catalogues.save(built, tmp_path / "teas")
    return as_graph(built, tmp_path / "teas")


def line(key: str) -> Line:
    return Line(ItemId(key), TEAS[key][0], None, ())


def offer(*keys: str, **rest: Any) -> Answer:
    return Answer(tuple(map(line, keys)), **{"act": "recommend", "basis": "popular", **rest})


def fact(key: str) -> Told:
    return Told(Fact(key, "strength", [TEAS[key][2]]), TEAS[key][0])


def ids(answer: Answer) -> list[str]:
    return [each.id for each in answer.items]


# What is left out


def test_an_empty_policy_changes_nothing(teas: KnowledgeGraph) -> None:
    given = offer(*EVERY, also=Second("others", (line("b"),), (), "", ()))
    assert enforced(teas, Policy(), Standing(), given) is given


def test_of_one_at_a_time_the_first_is_left(teas: KnowledgeGraph) -> None:
    held = enforced(teas, ONE, Standing(), offer("a", "b", "c"))
    assert (ids(held), held.removed) == (["a"], ("2 more: one item at a time",))


def test_one_at_a_time_has_no_second_reading(teas: KnowledgeGraph) -> None:
    given = offer("a", also=Second("others", (line("b"),), (), "", ()))
    assert enforced(teas, ONE, Standing(), given).also is None


def test_what_the_person_knows_is_left_out_and_named(teas: KnowledgeGraph) -> None:
    held = enforced(teas, KNOWN, Standing(known=frozenset({ItemId("a")})), offer("a", "b"))
    assert (ids(held), held.removed) == (["b"], ("Amber Leaf: the person knows it",))


def test_an_item_needs_a_label_that_the_person_has(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, AVAILABLE, OF_VELA, offer(*EVERY))) == ["a", "b"]


def test_where_nobody_knows_what_the_person_has_any_label_will_do(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, AVAILABLE, Standing(), offer(*EVERY))) == ["a", "b", "c", "e"]


def test_who_minds_no_label_is_not_held_to_any(teas: KnowledgeGraph) -> None:
    standing = Standing(has={SHOP: frozenset()})
    assert ids(enforced(teas, AVAILABLE, standing, offer("e", "d"))) == ["e", "d"]


def test_what_must_always_hold_is_proved(teas: KnowledgeGraph) -> None:
    held = enforced(teas, ALWAYS, Standing(), offer("a", "b"))
    assert (ids(held), held.removed) == (["b"], ("Amber Leaf: it has not grams at least 70",))


def test_a_second_reading_keeps_to_the_policy_too(teas: KnowledgeGraph) -> None:
    given = offer("a", also=Second("others", (line("a"), line("b")), (), "", ()))
    held = enforced(teas, KNOWN, Standing(known=frozenset({ItemId("b")})), given)
    assert held.also is not None
    assert [each.id for each in held.also.items] == ["a"]


def test_a_note_that_names_what_was_left_out_goes(teas: KnowledgeGraph) -> None:
    held = enforced(teas, ONE, Standing(), offer("a", "b", note="Try amber leaf or birch smoke."))
    assert held.note == ""


def test_a_note_that_names_only_what_is_left_stays(teas: KnowledgeGraph) -> None:
    assert enforced(teas, ONE, Standing(), offer("a", "b", note="Try Amber Leaf.")).note == "Try Amber Leaf."


def test_items_of_an_answer_to_a_question_are_an_offer_too(teas: KnowledgeGraph) -> None:
    given = offer("a", "b", act="inform")
    assert ids(enforced(teas, KNOWN, Standing(known=frozenset({ItemId("a")})), given)) == ["b"]


# What is said with an item


def test_an_item_whose_flag_is_set_has_a_notice(teas: KnowledgeGraph) -> None:
    held = enforced(teas, DISCLOSE, Standing(), offer("c", "a"))
    assert [each.notices for each in held.items] == [("The maker paid for this.",), ()]


def test_a_notice_is_in_the_data_and_behind_the_item(teas: KnowledgeGraph) -> None:
    said = describe(teas, enforced(teas, DISCLOSE, Standing(), offer("c")))
    assert said["items"][0]["notices"] == ["The maker paid for this."]
    assert said["text"].splitlines()[-1].strip() == "1. Cedar Bud    The maker paid for this."


# What is asked first


def test_a_restricted_item_is_asked_about_and_not_named(teas: KnowledgeGraph) -> None:
    held = enforced(teas, CONFIRM, Standing(), offer("b", "a", note="Birch Smoke is bold."))
    assert (held.act, ids(held), held.note) == ("ask", [], "")
    assert held.question is not None
    assert (held.question.slot, held.question.choices) == ("strength", ["yes", "no"])
    assert held.question.text == "Before I suggest anything: is strong all right?"


def test_labels_to_confirm_are_alike_in_small_letters(teas: KnowledgeGraph) -> None:
    assert enforced(teas, CONFIRM, Standing(), offer("e")).act == "ask"


def test_what_was_confirmed_is_offered(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, CONFIRM, CONFIRMED, offer("b", "e", "a"))) == ["b", "e", "a"]


def test_what_was_refused_is_left_out(teas: KnowledgeGraph) -> None:
    held = enforced(teas, CONFIRM, REFUSED, offer("b", "a"))
    assert (ids(held), held.removed) == (["a"], ("Birch Smoke: strength strong was refused",))


def test_further_items_that_nobody_confirmed_are_left_out(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, CONFIRM, Standing(), offer("a", "b"))) == ["a"]


def test_facts_of_an_item_that_must_be_confirmed_are_withheld(teas: KnowledgeGraph) -> None:
    assert enforced(teas, CONFIRM, Standing(), offer("b", facts=(fact("b"), fact("a")))).facts == (fact("a"),)


def test_what_a_policy_asks_for_is_asked_before_the_first_offer(teas: KnowledgeGraph) -> None:
    held = enforced(teas, ASK, Standing(settled=frozenset({"grams"})), offer("a"))
    assert held.question is not None
    assert (held.act, ids(held), held.question.slot) == ("ask", [], "shop")


def test_what_was_asked_is_not_asked_again(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, ASK, Standing(settled=frozenset({"grams", "shop"})), offer("a"))) == ["a"]


def test_no_more_is_asked_than_a_policy_allows(teas: KnowledgeGraph) -> None:
    assert ids(enforced(teas, ASK, Standing(settled=frozenset(), questions=2), offer("a"))) == ["a"]


# Where nothing is left


def test_where_nothing_is_left_the_rule_is_said(teas: KnowledgeGraph) -> None:
    held = enforced(teas, AVAILABLE, OF_VELA, offer("c", "d"))
    assert (held.act, ids(held)) == ("decline", [])
    assert held.note == f"{NOTHING_LEFT}: 2 have none of your shop."


def test_of_several_rules_the_one_that_leaves_out_most_comes_first(teas: KnowledgeGraph) -> None:
    standing = replace(OF_VELA, known=frozenset({ItemId("a")}))
    held = enforced(teas, KNOWN | AVAILABLE, standing, offer("a", "c", "d"))
    assert held.note == f"{NOTHING_LEFT}: 2 have none of your shop and 1 is one you know or turned down."


# Facts


def test_facts_of_what_the_person_spoke_of_are_told(teas: KnowledgeGraph) -> None:
    given = Answer(act="inform", facts=(fact("b"),))
    held = enforced(teas, ONE, Standing(spoken_of=frozenset({ItemId("b")})), given)
    assert held == given


def test_facts_of_what_nobody_spoke_of_are_an_offer(teas: KnowledgeGraph) -> None:
    given = Answer(act="inform", facts=(fact("b"),), note="Birch Smoke is strong.")
    held = enforced(teas, ONE, Standing(spoken_of=frozenset()), given)
    assert (held.act, held.facts, held.note) == ("decline", (), "")
    assert held.removed == ("facts of Birch Smoke, which nobody asked about",)


# Whatever is proposed


keys = st.lists(st.sampled_from(EVERY), unique=True)
labels = st.frozensets(st.sampled_from(("mild", "medium", "strong")))
standings = st.builds(
    Standing,
    known=st.frozensets(st.sampled_from(list(map(ItemId, EVERY)))),
    has=st.dictionaries(st.just(SHOP), st.frozensets(st.sampled_from(("Vela", "Quint", "Sable")))),
    confirmed=st.dictionaries(st.just(STRENGTH), labels),
    refused=st.dictionaries(st.just(STRENGTH), labels),
    settled=st.none() | st.frozensets(st.sampled_from(("shop", "grams"))),
    spoken_of=st.none() | st.frozensets(st.sampled_from(list(map(ItemId, EVERY)))),
)
policies = st.lists(st.sampled_from((ONE, KNOWN, AVAILABLE, CONFIRM, DISCLOSE, ALWAYS, ASK)), min_size=1)
answers = st.builds(
    lambda items, facts, act, second: offer(
        *items,
        act=act,
        facts=tuple(map(fact, facts)),
        note="; ".join(TEAS[key][0] for key in items),
        also=Second("others", tuple(map(line, second)), (), "", ()) if second else None,
    ),
    keys,
    keys,
    st.sampled_from(get_args(Act)),
    keys,
)


@given(policies, standings, answers)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_breaks_a_policy(
    teas: KnowledgeGraph, chosen: list[Policy], standing: Standing, answer: Answer
) -> None:
    policy = Policy()
    for each in chosen:
        policy |= each
    held = enforced(teas, policy, standing, answer)
    offered = [*held.items, *(held.also.items if held.also else ())]
    assert len(offered) <= 1 or not policy.one_at_a_time
    for each in offered:
        _, shops, strength, promoted, grams = TEAS[each.id]
        own, strength = standing.has.get(SHOP), strength.casefold()
        assert not (policy.exclude_known and each.id in standing.known)
        assert not policy.available or own == frozenset() or set(shops) & set(own or shops)
        assert not policy.always or grams >= 70
        if policy.confirm and strength == "strong":
            assert "strong" in standing.confirmed.get(STRENGTH, ())
            assert "strong" not in standing.refused.get(STRENGTH, ())
        assert bool(each.notices) == bool(policy.disclose and promoted)
        settled = standing.settled
        assert not policy.ask or settled is None or {"shop", "grams"} <= {*settled, *standing.has}
    assert held.act != "ask" or held.question or held.act == answer.act
    assert enforced(teas, policy, standing, held) == held


# The tool


def checked(graph: KnowledgeGraph, policy: Policy, key: str, asker: Asker = Asker()) -> PolicyCheck:
    return check_policy(Knowledge(graph, lambda: pytest.fail("no index"), asker=asker, policy=policy), key)


def test_a_tool_says_why_an_item_is_not_allowed(teas: KnowledgeGraph) -> None:
    told = checked(teas, ALWAYS | KNOWN, "a", Asker(history=(ItemId("a"),)))
    assert told.reasons == ("it lacks grams >= 70", "the person knows it already")


def test_a_tool_says_what_must_be_said_and_asked(teas: KnowledgeGraph) -> None:
    told = checked(teas, DISCLOSE | CONFIRM | AVAILABLE, "e")
    assert (told.allowed, told.must_disclose) == (True, ("The maker paid for this.",))
    assert (told.must_confirm, told.must_have) == (((STRENGTH, "Strong"),), ("Sable",))


def test_without_a_policy_every_item_is_allowed(teas: KnowledgeGraph) -> None:
    assert checked(teas, Policy(), "d").allowed


# In a conversation


class Scripted(BaseChatModel):
    """Says its lines one after the other, the last one for ever; keeps what it was shown."""

    lines: list[AIMessage]
    shown: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        line = self.lines[min(len(self.shown), len(self.lines) - 1)]
        self.shown.append(list(messages))
        return ChatResult(generations=[ChatGeneration(message=line.model_copy(deep=True))])


def recommending(*keys: str, **rest: Any) -> AIMessage:
    """A message that finds everything and recommends some."""
    args = {"items": list(keys), "conditions": [], **rest}
    return AIMessage("", tool_calls=[_call("find_items", conditions=[], limit=9), _call("recommend", **args)])


def _call(name: str, **args: Any) -> Any:
    return {"name": name, "args": args, "id": f"{name} {args}", "type": "tool_call"}


Open = Callable[..., Assistant]


@pytest.fixture
def shop(teas: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the teas with a policy, a model and a toolset."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(teas, tmp_path / "teas"))

    def opened(policy: Policy, *lines: AIMessage, tools: str = "full") -> Assistant:
        model = Scripted(lines=list(lines)) if lines else "builtin"
        return Assistant("teas", policy=policy, model=model, tools=tools)

    return opened


def test_a_language_model_is_held_to_the_policy(shop: Open) -> None:
    turn = Conversation(shop(ONE, recommending("a", "c"))).say("some tea")
    assert [each["id"] for each in turn.answer["items"]] == ["a"]


def test_a_note_of_a_language_model_cannot_offer_more(shop: Open) -> None:
    script = recommending("a", "c", note="Amber Leaf, and do try Cedar Bud.")
    assert "Cedar" not in Conversation(shop(ONE, script)).say("some tea").answer["text"]


def test_what_was_withheld_is_not_named_in_a_later_note(shop: Open) -> None:
    later = AIMessage("", tool_calls=[_note("Birch Smoke is what I meant.")])
    conversation = Conversation(shop(CONFIRM, recommending("b"), later))
    assert conversation.say("some tea").answer["act"] == "ask"
    assert "Birch" not in conversation.say("go on").answer["text"]


def test_what_only_a_model_s_own_words_named_is_not_named_in_a_later_note(shop: Open) -> None:
    later = AIMessage("", tool_calls=[_note("Cedar Bud is what I meant.")])
    withheld = recommending("a", "c").model_copy(update={"id": "first"})
    conversation = Conversation(shop(ONE, AIMessage("You should take Cedar Bud."), withheld, later))
    assert "Cedar" not in conversation.say("some tea").answer["text"]
    assert "Cedar" not in conversation.say("go on").answer["text"]


def _note(text: str) -> Any:
    return _call("recommend", items=[], conditions=[], act="acknowledge", note=text)


def searching(title: str, **rest: Any) -> AIMessage:
    """A message that searches for a title, and then recommends as it is told."""
    wanted = [{"relation": "title", "op": "contains", "value": title}]
    find = _call("find_items", conditions=[], any_of=wanted)
    return AIMessage("", tool_calls=[find, _call("recommend", conditions=[], **rest)])


def test_a_title_that_a_model_searched_for_is_not_named_in_its_question(shop: Open) -> None:
    asked = {"text": "Would you like Cedar Bud?", "slot": "", "choices": ["yes", "no"]}
    script = searching("Cedar Bud", items=[], act="ask", question=asked)
    assert Conversation(shop(ONE, script)).say("some tea").answer["question"] is None


def test_a_model_that_only_finds_what_is_forbidden_comes_to_an_end(shop: Open) -> None:
    known = Asker(history=(ItemId("c"),))
    answer = Conversation(shop(KNOWN, searching("Cedar Bud", items=["c"])), asker=known).say("no").answer
    assert not any(each["id"] == "c" for each in answer["items"])
    assert answer["fallback"]["why"] == "unproved"


def test_what_a_model_found_by_a_title_that_nobody_said_is_no_answer(shop: Open) -> None:
    found = [AIMessage("", tool_calls=searching("Cedar", items=[]).tool_calls[:1]), AIMessage("Trust me.")]
    answer = Conversation(shop(ONE, *found)).say("what can you do").answer
    assert "Cedar" not in answer["text"]


@pytest.mark.parametrize(("said", "items"), [("the one with CEDAR in its name", ["c"]), ("a tea", None)])
def test_only_a_search_for_a_title_that_was_said_is_the_best_so_far(said: str, items: Any) -> None:
    call = searching("Cedar").tool_calls[0]
    hits = ToolMessage('{"items": [{"id": "c"}]}', tool_call_id=call["id"])
    best = best_so_far({"messages": [HumanMessage(said), AIMessage("", tool_calls=[call]), hits]})
    assert (best and best["items"]) == items


def test_what_was_offered_may_be_spoken_of(shop: Open) -> None:
    later = AIMessage("", tool_calls=[_note("Amber Leaf it is.")])
    conversation = Conversation(shop(ONE, recommending("a"), later))
    conversation.say("some tea")
    assert conversation.say("fine").answer["text"] == "Amber Leaf it is."


def test_a_language_model_may_recommend_again_what_is_allowed(shop: Open) -> None:
    assistant = shop(ALWAYS, recommending("a"), recommending("b"))
    assert [each["id"] for each in assistant.ask("some tea").answer["items"]] == ["b"]


def test_a_question_in_the_place_of_an_offer_is_not_sent_back(shop: Open) -> None:
    assert shop(CONFIRM, recommending("b")).ask("some tea").model_calls == 1


def test_a_language_model_is_told_the_rules(shop: Open) -> None:
    assistant = shop(ONE, recommending("a"))
    assert all(rule in assistant.context.system for rule in rules(ONE))


def test_without_a_policy_a_language_model_is_told_of_none(shop: Open) -> None:
    assistant = shop(Policy(), recommending("a"))
    assert "Rules of this catalogue" not in assistant.context.system
    assert "check_policy" not in assistant.tools


def test_without_the_tool_nothing_is_enforced(shop: Open) -> None:
    turn = shop(ONE, recommending("a", "c"), tools="no-policy").ask("some tea")
    assert len(turn.answer["items"]) == 2


def test_the_built_in_model_is_held_to_the_policy(shop: Open) -> None:
    said = shop(ALWAYS | DISCLOSE).ask("mild tea").answer
    assert [(each["id"], each["notices"]) for each in said["items"]] == [("c", ["The maker paid for this."])]


def test_what_somebody_has_is_not_offered_again(shop: Open) -> None:
    asker = Asker(history=(ItemId("a"),))
    assert [each["id"] for each in shop(KNOWN).ask("mild tea", asker=asker).answer["items"]] == ["c"]
