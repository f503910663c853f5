"""What servers refuse, in the words they are known to use; and what is no refusal."""

from __future__ import annotations

from typing import Any

import pytest

from agent.llm.refusals import NO_THOUGHTS, refusal
from agent.llm.settings import Settings

BODY: dict[str, Any] = {"model": "m", "messages": [], "tools": [{}], "temperature": 0, "seed": 1}
SCHEMA = BODY | {"response_format": {"type": "json_schema"}}
OBJECT = BODY | {"response_format": {"type": "json_object"}}


def found(said: str, status: int | None = 400, body: dict[str, Any] = BODY, **settings: Any) -> str | None:
    return refusal(status, said, body, Settings(**settings))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "registry.ollama.ai/library/gemma:2b does not support tools"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
        (500, "tools param requires --jinja flag"),
        (400, "deepseek-reasoner does not support Function Calling"),
        (422, "body.tools: Extra inputs are not permitted"),
    ],
)
def test_tools_are_refused(status: int, said: str) -> None:
    assert found(said, status) == "tools"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Unsupported value: 'temperature' does not support 0.0 with this model.", "temperature"),
        ("Unrecognized request argument supplied: seed", "seed"),
    ],
)
def test_a_field_is_refused(said: str, name: str) -> None:
    assert found(said) == name


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "error parsing tool call: raw='{', err=unexpected end of JSON input"),
        (400, "messages with role 'tool' must be a response to a preceding message with 'tool_calls'"),
        (404, "model 'm' not found, try pulling it first"),
        (400, "temperature must be between 0 and 2"),
        (401, "tools are not supported"),
        (None, "tools are not supported"),
    ],
)
def test_something_else_is_no_refusal(status: int | None, said: str) -> None:
    assert found(said, status) is None


def test_tools_are_not_given_up_where_native_calls_are_wanted() -> None:
    assert found("does not support tools", tool_calls="native") is None


def test_a_field_that_was_not_sent_is_not_refused() -> None:
    assert found("reasoning_effort is not supported") is None


@pytest.mark.parametrize(("body", "name"), [(SCHEMA, "json_schema"), (OBJECT, "response_format")])
def test_a_form_of_reply_is_refused(body: dict[str, Any], name: str) -> None:
    assert found("This response_format type is unavailable now", body=body) == name


def test_a_schema_that_is_wrong_is_no_refusal() -> None:
    assert found("Invalid schema for response_format 'film'", body=SCHEMA) is None


def test_thoughts_are_asked_for() -> None:
    assert found("The `reasoning_content` in the thinking mode must be passed back") == NO_THOUGHTS


def test_thoughts_that_must_stay_here_stay_here() -> None:
    assert found("The `reasoning_content` must be passed back", send_reasoning=False) is None
