"""Prompts: a strict loader, and words that agree with the code they speak of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import prompts
from kg.relations import KINDS
from tools.toolsets import OF_DIALOGUES, TOOLS

HERE = Path(prompts.__file__).parent
NAMES = sorted(path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob("*.md"))
SLOTS = {
    "agent/json_protocol": {"tools"},
    "agent/json_schema": {"schema"},
    "agent/system": {"domains", "relations"},
    "agent/mcp": set(),
    "agent/one_call": {"domains"},
    "agent/one_call_open": {"choices", "reading", "request"},
    "agent/person": {"choices", "latest", "profile"},
    "agent/policy": {"rules"},
    "agent/ranker": {"count", "items", "person", "request"},
    "bench/llm": {"count", "item", "items"},
    "bench/pair_wise": {"known", "title"},
    "bench/rank": {"item", "items", "listed"},
    "bench/paper": {"count", "items"},
    "bench/paper_history": {"chosen", "count", "history", "items"},
    "bench/llm_history": {"count", "history", "item", "items"},
    "bench/writer": {"items", "style", "task"},
    "bench/writer_situational": {"item"},
    "bench/writer_implicit": {"items"},
    "bench/writer_misinformed": {"items", "wanted"},
    "bench/writer_interest": {"items"},
    "bench/writer_demographic": {"items"},
    "bench/cot_interest": {"chosen", "items"},
    "bench/cot_merge": {"long", "short"},
    "bench/cot_description": {"facts", "title"},
    "bench/cot_review": {"description", "taste", "title"},
    "bench/cot_terms": {"review"},
    "bench/cot_rank": {"chosen", "items", "listed", "taste"},
    "bench/person": {"conditions", "has", "known", "noun", "persona", "preferences"},
}
WORD_LIKE_A_TOOL = re.compile(r"`(\w+)`|\b(\w+)\(|\b([a-z]+_[a-z_]+)\b")


def filled(name: str) -> str:
    return prompts.load(name, **{slot: f"<{slot}>" for slot in SLOTS.get(name, set())})


# The loader


def test_a_slot_is_filled() -> None:
    assert "holds: movie, book." in " ".join(
        prompts.load("agent/system", domains="movie, book", relations="director").split()
    )


def test_an_unknown_prompt_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="no prompt is called 'agent/nonsense'"):
        prompts.load("agent/nonsense")


def test_a_missing_slot_is_refused() -> None:
    with pytest.raises(KeyError, match="has the slots"):
        prompts.load("agent/system", domains="movie")


def test_a_superfluous_value_is_refused() -> None:
    with pytest.raises(KeyError, match="has the slots"):
        prompts.load("agent/system", domains="movie", relations="director", colour="red")


def test_a_value_with_a_slot_in_it_is_not_filled_again() -> None:
    said = prompts.load("agent/system", domains="{{relations}}", relations="director")
    assert "{{relations}}" in said


def test_a_value_with_a_backslash_stands_as_it_is() -> None:
    assert r"\1 \g<0>" in prompts.load("agent/system", domains=r"\1 \g<0>", relations="director")


def test_a_prompt_has_no_empty_line_at_its_ends() -> None:
    assert all(filled(name) == filled(name).strip() for name in NAMES)


# Every prompt


def test_there_are_prompts() -> None:
    assert "agent/system" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_says_something(name: str) -> None:
    assert len(filled_or_raw(name)) > 40


@pytest.mark.parametrize("name", NAMES)
def test_no_brace_is_left_over(name: str) -> None:
    """`{{ slot }}` or `{slot}` would reach the model as it stands."""
    without_slots = re.sub(r"\{\{\w+\}\}", "", (HERE / f"{name}.md").read_text(encoding="utf-8"))
    assert not re.search(r"\{\{|\}\}", without_slots)


def filled_or_raw(name: str) -> str:
    return (HERE / f"{name}.md").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", sorted(SLOTS))
def test_the_slots_of_a_prompt_are_those_the_code_fills(name: str) -> None:
    assert set(re.findall(r"\{\{(\w+)\}\}", filled_or_raw(name))) == SLOTS[name]


def test_hashes_cover_every_prompt() -> None:
    assert sorted(prompts.hashes()) == NAMES


def test_a_hash_is_of_the_text() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", prompts.hashes()["agent/system"])


# The system prompt and the tools


def named(text: str) -> set[str]:
    """Return what a text names like a tool: in backticks, before a bracket, or with an underscore."""
    return {next(filter(None, groups)) for groups in WORD_LIKE_A_TOOL.findall(text)}


ARGUMENTS = {name for tool in TOOLS.values() for name in tool.arguments.model_fields}


def test_every_tool_the_system_prompt_names_exists() -> None:
    assert named(filled_or_raw("agent/system")) - {"domains", "relations"} <= set(TOOLS) | ARGUMENTS


def examples() -> list[tuple[str, str]]:
    """Return the calls that stand in the system prompt: a tool at the start of a line, then JSON."""
    text = filled_or_raw("agent/system")
    decoder = json.JSONDecoder()
    starts = re.finditer(r"^(\w+) (?=\{)", text, re.MULTILINE)
    return [(found[1], text[found.end() : decoder.raw_decode(text, found.end())[1]]) for found in starts]


def test_there_are_examples_of_calls() -> None:
    assert {"find_items", "search_items", "recommend"} <= {tool for tool, _ in examples()}


@pytest.mark.parametrize(("tool", "arguments"), examples())
def test_an_example_of_a_call_has_the_arguments_of_its_tool(tool: str, arguments: str) -> None:
    assert TOOLS[tool].arguments.model_validate_json(arguments)


def test_the_system_prompt_is_not_long() -> None:
    """A small model reads it with every call: some 1,100 tokens, four characters each."""
    assert len(filled_or_raw("agent/system")) < 4_800


@pytest.mark.parametrize("tool", sorted(TOOLS.keys() - OF_DIALOGUES))
def test_the_system_prompt_names_every_tool(tool: str) -> None:
    assert re.search(rf"\b{tool}\b", filled_or_raw("agent/system"))


def test_a_field_in_backticks_is_an_argument_of_a_tool() -> None:
    fields = set(re.findall(r"`(\w+)`", filled_or_raw("agent/system"))) - set(TOOLS)
    assert fields <= ARGUMENTS


def test_the_system_prompt_names_no_relation_of_its_own() -> None:
    """Which relations there are depends on the catalogue; an example may say composer, actor, director."""
    text = filled_or_raw("agent/system").lower()
    assert {name for name in KINDS if re.search(rf"\b{name}\b", text)} <= {"composer", "actor", "director"}


# The prompts of the benchmark


@pytest.mark.parametrize("name", ["bench/llm", "bench/llm_history", "bench/paper", "bench/paper_history"])
def test_a_prompt_of_the_benchmark_names_no_tool(name: str) -> None:
    assert not named(filled_or_raw(name)) & set(TOOLS)


def test_only_the_prompts_for_a_history_show_one() -> None:
    shown = ["bench/llm_history", "bench/paper_history"]
    assert [name for name in NAMES if "history" in SLOTS.get(name, set())] == shown
