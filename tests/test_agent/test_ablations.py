"""Toolsets: what the built-in model can no longer do when a tool is off, and what it still never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.assistant import Assistant, Turn
from tools.toolsets import TOOLSETS

Make = Callable[..., Assistant]
EXPLICIT = "films directed by Ada Quill"
REFERENCE = "films with the same cinematographer as The Glass Harbour"
FALSE = "I loved Paper Moons, which Ada Quill directed. What else did she direct?"
WITHOUT_ONE = sorted(set(TOOLSETS) - {"full", "none"})


def items(turn: Turn) -> set[str]:
    return {line["id"] for line in turn.answer["items"]}


@pytest.fixture
def ask(toy_assistant: Make) -> Callable[[str, str], Turn]:
    return lambda tools, request: toy_assistant(tools=tools).ask(request)


Ask = Callable[[str, str], Turn]


@pytest.mark.parametrize("tools", sorted(TOOLSETS))
@pytest.mark.parametrize("request_", [EXPLICIT, REFERENCE, FALSE, "a story of snow", "", "🎬"])
def test_every_toolset_answers_without_calling_what_is_off(ask: Ask, tools: str, request_: str) -> None:
    used = {step.tool for step in ask(tools, request_).steps}
    assert used <= TOOLSETS[tools]


@pytest.mark.parametrize("tools", sorted(TOOLSETS))
def test_every_toolset_can_recommend(tools: str) -> None:
    assert "recommend" in TOOLSETS[tools]


@pytest.mark.parametrize("tools", sorted(TOOLSETS))
@pytest.mark.parametrize("request_", [EXPLICIT, REFERENCE, FALSE])
def test_no_toolset_makes_the_model_propose_what_the_guard_must_remove(
    ask: Ask, tools: str, request_: str
) -> None:
    assert list(ask(tools, request_).answer["removed"]) == []


# full


def test_full_answers_an_explicit_request(ask: Ask) -> None:
    assert items(ask("full", EXPLICIT)) == {"1", "2", "6"}


def test_full_resolves_a_reference(ask: Ask) -> None:
    assert items(ask("full", REFERENCE)) == {"3", "5", "6"}


def test_full_corrects_a_false_claim(ask: Ask) -> None:
    assert len(ask("full", FALSE).answer["corrections"]) == 1


# none


@pytest.mark.parametrize("request_", [EXPLICIT, REFERENCE, FALSE, "a story of snow"])
def test_without_tools_nothing_is_recommended(ask: Ask, request_: str) -> None:
    assert items(ask("none", request_)) == set()


def test_without_tools_nothing_is_corrected(ask: Ask) -> None:
    assert ask("none", FALSE).answer["corrections"] == []


def test_without_tools_it_says_so(ask: Ask) -> None:
    assert ask("none", EXPLICIT).answer["note"]


# no-hops


def test_without_hops_a_reference_is_not_resolved(ask: Ask) -> None:
    assert ("cinematographer", "Bo Lund") not in {
        (c["relation"], c["value"]) for c in ask("no-hops", REFERENCE).answer["conditions"]
    }


def test_without_hops_a_reference_does_not_find_its_items(ask: Ask) -> None:
    assert items(ask("no-hops", REFERENCE)) != {"3", "5", "6"}


def test_without_hops_an_explicit_request_is_answered_all_the_same(ask: Ask) -> None:
    assert items(ask("no-hops", EXPLICIT)) == {"1", "2", "6"}


def test_without_hops_a_false_claim_is_corrected_all_the_same(ask: Ask) -> None:
    assert len(ask("no-hops", FALSE).answer["corrections"]) == 1


# no-verify


def test_without_verification_nothing_is_corrected(ask: Ask) -> None:
    assert ask("no-verify", FALSE).answer["corrections"] == []


def test_without_verification_the_claim_is_believed(ask: Ask) -> None:
    assert items(ask("no-verify", FALSE)) == {"1", "2", "6"}


def test_without_verification_a_misspelt_name_is_not_corrected(ask: Ask) -> None:
    assert ask("no-verify", "I loved Paper Moons, which Dov Eberhard directed.").answer["corrections"] == []


def test_without_verification_an_explicit_request_is_answered_all_the_same(ask: Ask) -> None:
    assert items(ask("no-verify", EXPLICIT)) == {"1", "2", "6"}


def test_without_verification_a_reference_is_resolved_all_the_same(ask: Ask) -> None:
    assert items(ask("no-verify", REFERENCE)) == {"3", "5", "6"}


# no-find


@pytest.mark.parametrize("request_", [EXPLICIT, REFERENCE, "thrillers by Ada Quill"])
def test_without_find_every_item_is_still_proved(ask: Ask, request_: str) -> None:
    answer = ask("no-find", request_).answer
    stated = {(c["relation"], c["value"]) for c in answer["conditions"]}
    assert stated
    assert all(stated <= {tuple(fact) for fact in line["proof"]} for line in answer["items"])


def test_without_find_something_is_still_found(ask: Ask) -> None:
    assert items(ask("no-find", EXPLICIT)) == {"1", "2", "6"}


# no-search


def test_without_search_an_explicit_request_is_answered_all_the_same(ask: Ask) -> None:
    assert items(ask("no-search", EXPLICIT)) == {"1", "2", "6"}


def test_without_search_nothing_is_matched_by_similarity(ask: Ask) -> None:
    assert items(ask("no-search", "a film about apples, snow and a missing brother")) == set()


def test_with_search_something_is_matched_by_similarity(ask: Ask) -> None:
    assert "6" in items(ask("full", "a film about apples, snow and a missing brother"))
