"""Tools in few words: what a language model is offered is part of what the tool takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent.llm.spending import rough_tokens
from tools.toolsets import TOOLS

every_tool = pytest.mark.parametrize("name", TOOLS)


def parameters(name: str, **how: bool) -> dict[str, Any]:
    found: dict[str, Any] = TOOLS[name].offered(**how)["function"]["parameters"]
    return found


@every_tool
def test_what_is_offered_is_taken(name: str) -> None:
    assert set(parameters(name)["properties"]) <= set(TOOLS[name].arguments.model_fields)


@every_tool
def test_what_is_required_is_offered(name: str) -> None:
    required = TOOLS[name].schema["function"]["parameters"].get("required", [])
    assert parameters(name).get("required", []) == required
    assert set(required) <= set(parameters(name)["properties"])


@every_tool
def test_a_description_is_one_line_that_begins_as_the_docstring(name: str) -> None:
    told = TOOLS[name].offered()["function"]["description"]
    whole = " ".join(TOOLS[name].schema["function"]["description"].split())
    assert "\n" not in told
    assert whole.startswith(told)


@every_tool
def test_nothing_refers_to_a_form_that_is_not_there(name: str) -> None:
    assert "$ref" not in json.dumps(parameters(name))


def test_the_form_of_a_condition_stands_once() -> None:
    whole = json.dumps([tool.offered() for tool in TOOLS.values()])
    assert whole.count('"contains"') == 1


def test_the_form_of_a_condition_is_that_of_the_whole_schema() -> None:
    form = parameters("find_items")["properties"]["conditions"]["items"]
    assert (set(form["properties"]), form["required"]) == ({"relation", "value", "op"}, ["relation", "value"])


def test_questions_are_offered_in_dialogues_only() -> None:
    asked = [("question" in parameters("recommend", dialogue=each)["properties"]) for each in (True, False)]
    assert asked == [True, False]


def test_facts_are_offered_where_a_question_may_be_answered() -> None:
    asked = [
        ({"facts", "act"} <= set(parameters("recommend", facts=each)["properties"])) for each in (True, False)
    ]
    assert asked == [True, False]


def test_all_tools_together_are_short() -> None:
    whole = rough_tokens([tool.schema for tool in TOOLS.values()])
    assert rough_tokens([tool.offered() for tool in TOOLS.values()]) < 0.4 * whole
