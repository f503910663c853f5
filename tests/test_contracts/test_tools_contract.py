"""What every tool keeps to, whichever it is: one suite, run on each row of `tools.toolsets.TOOLS`."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.types import Condition
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.toolsets import TOOLS, TOOLSETS, as_json, toolset
from tools.types import Evidence

DRAMA = {"relation": "genre", "value": "Drama"}
ADA = {"relation": "director", "value": "Ada Quill"}
# Calls that make sense on the toy catalogue; a new tool needs some of its own.
CALLS: dict[str, list[dict[str, Any]]] = {
    "link_entities": [
        {"text": "Thrillers by Ada Quill, like Nihgt Tram, not “Salt Road”; Zorg Blattner"},
        {"text": ""},
    ],
    "check_fact": [
        {"item": "1", "relation": "director", "value": "Ada Quill"},
        {"item": "1", "relation": "director", "value": "Bo Lund"},
        {"item": "4", "relation": "actor", "value": "Mara Vance"},
    ],
    "resolve_reference": [
        {"items": ["1", "6"], "relation": "cinematographer"},
        {"items": ["2", "3", "4"], "relation": "director"},
    ],
    "describe_item": [{"item": "1"}, {"item": "4"}],
    "find_connection": [{"first": "2", "second": "6"}, {"first": "2", "second": "3"}],
    "find_items": [
        {"conditions": [ADA]},
        {"conditions": [ADA], "none_of": [DRAMA], "exclude_items": ["6"], "limit": 1},
        {"conditions": [], "year_from": 1980, "year_to": 1990, "domain": "movie"},
        {"conditions": [ADA, {"relation": "year", "op": ">=", "value": "1980"}]},
    ],
    "search_items": [
        {"text": "a lighthouse in the dark"},
        {"text": "apples", "conditions": [ADA], "exclude_items": ["1"], "year_from": 1970, "k": 2},
    ],
    "similar_items": [
        {"items": ["1"], "text": "a lighthouse in the dark"},
        {"items": ["1", "2"], "conditions": [ADA], "exclude_items": ["6"], "k": 2},
    ],
    "group_favourites": [
        {"gender": "F"},
        {"age": 30, "text": "a lighthouse", "conditions": [DRAMA], "year_from": 1980},
    ],
    "rank_for_user": [
        {"items": ["1", "2", "6"]},
        {"items": ["6", "5", "4"], "history": ["1", "2"], "gender": "F"},
        {"items": [], "user_id": "u1"},
    ],
    "narrow_down": [
        {"conditions": [DRAMA]},
        {"conditions": [], "one_of": [[ADA, DRAMA]], "exclude_items": ["1"], "exclude_known": True},
        {
            "conditions": [ADA],
            "none_of": [DRAMA],
            "inferred": [{"relation": "year", "op": ">", "value": "1980"}],
        },
    ],
    "check_policy": [{"item": "1"}],
    "recommend": [
        {"items": [], "conditions": [], "note": "Nothing fits."},
        {
            "items": ["1", "6"],
            "conditions": [ADA],
            "corrections": [
                {"items": ["1"], "relation": "director", "claimed": "Bo Lund", "true": ["Ada Quill"]}
            ],
            "also": {"label": "dramas", "items": ["5"], "conditions": [DRAMA]},
        },
    ],
}
VALID = [
    pytest.param(name, call, id=f"{name}-{n}")
    for name, calls in CALLS.items()
    for n, call in enumerate(calls)
]
every_tool = pytest.mark.parametrize("name", TOOLS)

# Argument values that fit a schema and make no sense, or fit none.
ODD: list[Any] = [None, True, -1, 10**30, 1.5, float("inf"), "", "99", "\ud800", "x\0y", "x" * 100_000]
ODD += [
    [],
    {},
    [None],
    ["99"],
    [["1"]],
    [{}],
    {"relation": "genre"},
    [{"relation": "genre", "value": "Opera"}],
]
ODD += [[{"relation": "colour", "value": "red"}], [DRAMA | {"more": 1}], ["1"] * 1000]


def attempt(knowledge: Knowledge, name: str, arguments: Any) -> str | None:
    """Return a tool's answer as JSON, None where it refused; any other exception is the caller's to see."""
    try:
        return as_json(TOOLS[name].call(knowledge, arguments))
    except ToolError:
        return None


def evidence_in(result: Any) -> list[Evidence]:
    return list(result.evidence)


# Schemas


@every_tool
def test_the_schema_has_the_shape_of_a_function(name: str) -> None:
    schema = TOOLS[name].schema
    assert (set(schema), schema["type"]) == ({"type", "function"}, "function")
    assert set(schema["function"]) == {"name", "description", "parameters"}


@every_tool
def test_the_schema_is_called_as_the_function_is(name: str) -> None:
    assert TOOLS[name].schema["function"]["name"] == name == TOOLS[name].function.__name__


@every_tool
def test_the_description_is_the_docstring(name: str) -> None:
    assert TOOLS[name].schema["function"]["description"] == inspect.getdoc(TOOLS[name].function)


@every_tool
def test_the_description_begins_with_one_sentence(name: str) -> None:
    first, _, rest = TOOLS[name].schema["function"]["description"].partition("\n")
    assert (first.endswith("."), rest[:1]) == (True, "\n")


@every_tool
def test_the_parameters_are_those_of_the_function_without_knowledge(name: str) -> None:
    parameters = TOOLS[name].schema["function"]["parameters"]
    assert parameters["type"] == "object"
    assert list(parameters["properties"]) == list(inspect.signature(TOOLS[name].function).parameters)[1:]


@every_tool
def test_the_required_parameters_are_those_without_default(name: str) -> None:
    signature = list(inspect.signature(TOOLS[name].function).parameters.values())[1:]
    required = [each.name for each in signature if each.default is inspect.Parameter.empty]
    assert TOOLS[name].schema["function"]["parameters"].get("required", []) == required


@every_tool
def test_unknown_fields_are_forbidden_at_every_level(name: str) -> None:
    parameters = TOOLS[name].schema["function"]["parameters"]
    objects = [parameters, *parameters.get("$defs", {}).values()]
    assert all(each["additionalProperties"] is False for each in objects)


@every_tool
def test_every_reference_of_the_schema_is_defined(name: str) -> None:
    parameters = TOOLS[name].schema["function"]["parameters"]
    told = json.dumps(parameters).split('"$ref": "#/$defs/')[1:]
    assert {part.split('"')[0] for part in told} == set(parameters.get("$defs", {}))


@every_tool
def test_the_schema_is_json(name: str) -> None:
    assert json.loads(json.dumps(TOOLS[name].schema)) == TOOLS[name].schema


@every_tool
def test_the_function_takes_knowledge_first(name: str) -> None:
    assert next(iter(inspect.signature(TOOLS[name].function).parameters)) == "knowledge"


# Answers


def test_every_tool_has_calls_in_this_suite() -> None:
    assert set(CALLS) == set(TOOLS)


@pytest.mark.parametrize(("name", "call"), VALID)
def test_an_answer_is_a_json_object(toy_knowledge: Knowledge, name: str, call: dict[str, Any]) -> None:
    assert isinstance(json.loads(as_json(TOOLS[name].call(toy_knowledge, call))), dict)


@pytest.mark.parametrize(("name", "call"), VALID)
def test_an_answer_is_the_same_bytes_twice(toy_knowledge: Knowledge, name: str, call: dict[str, Any]) -> None:
    assert attempt(toy_knowledge, name, call) == attempt(toy_knowledge, name, call) is not None


@pytest.mark.parametrize(("name", "call"), VALID)
def test_a_call_leaves_its_arguments_alone(toy_knowledge: Knowledge, name: str, call: dict[str, Any]) -> None:
    before = json.dumps(call)
    TOOLS[name].call(toy_knowledge, call)
    assert json.dumps(call) == before


@pytest.mark.parametrize(("name", "call"), VALID)
def test_an_answer_carries_evidence(toy_knowledge: Knowledge, name: str, call: dict[str, Any]) -> None:
    answer = TOOLS[name].call(toy_knowledge, call)
    assert all(isinstance(each, Evidence) for each in evidence_in(answer))


@pytest.mark.parametrize(("name", "call"), VALID)
def test_all_evidence_is_in_the_graph(toy_knowledge: Knowledge, name: str, call: dict[str, Any]) -> None:
    graph = toy_knowledge.graph
    for each in evidence_in(TOOLS[name].call(toy_knowledge, call)):
        edges = graph.proof(each.item, Condition(each.relation, each.label))
        assert (each.item, each.relation, each.entity) in edges
        assert graph.entity(each.entity).label == each.label


@pytest.mark.parametrize(("name", "call"), VALID)
def test_arguments_read_from_json_give_the_same_answer(
    toy_knowledge: Knowledge, name: str, call: dict[str, Any]
) -> None:
    assert attempt(toy_knowledge, name, json.loads(json.dumps(call))) == attempt(toy_knowledge, name, call)


# Refusals


@every_tool
def test_an_unknown_argument_is_refused_by_name(toy_knowledge: Knowledge, name: str) -> None:
    with pytest.raises(ToolError, match=f"^{name} takes .*surprise"):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {"surprise": 1})


@every_tool
def test_no_arguments_are_refused_with_those_expected(toy_knowledge: Knowledge, name: str) -> None:
    fields = TOOLS[name].arguments.model_fields
    needed = any(field.is_required() for field in fields.values())
    refusal = f"^{name} takes {', '.join(fields)}" if needed else "^give a gender, an age or an occupation"
    with pytest.raises(ToolError, match=refusal):
        TOOLS[name].call(toy_knowledge, {})


@every_tool
@pytest.mark.parametrize("arguments", [None, [], "text", 1, [1, 2]])
def test_arguments_that_are_no_object_are_refused(
    toy_knowledge: Knowledge, name: str, arguments: Any
) -> None:
    with pytest.raises(ToolError, match=f"^{name} takes "):
        TOOLS[name].call(toy_knowledge, arguments)


@pytest.mark.parametrize(("name", "call"), VALID)
def test_an_odd_value_in_any_argument_is_answered_or_refused(
    toy_knowledge: Knowledge, name: str, call: dict[str, Any]
) -> None:
    for field in TOOLS[name].arguments.model_fields:
        for odd in ODD:
            attempt(toy_knowledge, name, call | {field: odd})


IDS_OF = {
    "check_fact": "item",
    "describe_item": "item",
    "resolve_reference": "items",
    "find_items": "exclude_items",
}
IDS_OF |= {"search_items": "exclude_items", "recommend": "items"}


@pytest.mark.parametrize(("name", "field"), IDS_OF.items())
def test_an_unknown_id_is_refused_with_where_to_take_ids_from(
    toy_knowledge: Knowledge, name: str, field: str
) -> None:
    wrong = "99" if field == "item" else ["99"]
    with pytest.raises(ToolError, match=r"no item has the id '99'; take ids from link_entities"):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {field: wrong})


@pytest.mark.parametrize("name", ["check_fact", "resolve_reference"])
def test_an_unknown_relation_is_refused_with_the_nearest(toy_knowledge: Knowledge, name: str) -> None:
    with pytest.raises(ToolError, match=r"'directer'; this catalogue has .*Nearest: 'director'"):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {"relation": "directer"})


CONDITIONS_OF = [("find_items", "conditions"), ("find_items", "none_of")]
CONDITIONS_OF += [("search_items", "conditions"), ("recommend", "conditions")]


@pytest.mark.parametrize(("name", "field"), CONDITIONS_OF)
def test_an_unknown_relation_of_a_condition_is_refused_with_the_nearest(
    toy_knowledge: Knowledge, name: str, field: str
) -> None:
    wrong = [{"relation": "genres", "value": "Drama"}]
    with pytest.raises(ToolError, match="Nearest: 'genre'"):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {field: wrong})


@pytest.mark.parametrize(("name", "field"), CONDITIONS_OF)
def test_an_unknown_value_of_a_condition_is_refused_with_the_nearest(
    toy_knowledge: Knowledge, name: str, field: str
) -> None:
    wrong = [{"relation": "director", "value": "Ada Quil"}]
    with pytest.raises(
        ToolError, match=r"nothing called 'Ada Quil' is a director here.*Nearest: 'Ada Quill'"
    ):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {field: wrong})


@pytest.mark.parametrize(("name", "field"), CONDITIONS_OF)
def test_a_value_of_another_relation_is_refused(toy_knowledge: Knowledge, name: str, field: str) -> None:
    wrong = [{"relation": "genre", "value": "Ada Quill"}]
    with pytest.raises(ToolError, match="nothing called 'Ada Quill' is a genre here"):
        TOOLS[name].call(toy_knowledge, CALLS[name][0] | {field: wrong})


def test_a_message_does_not_repeat_a_huge_argument(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError) as error:
        TOOLS["check_fact"].call(toy_knowledge, {"item": "9" * 100_000, "relation": "genre", "value": "x"})
    assert len(str(error.value)) < 1000


words = st.sampled_from(
    ["1", "6", "99", "director", "genre", "Ada Quill", "ada quil", "Drama", "Night Tram", "", "II"]
)
texts = words | st.text(max_size=30)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
conditions = st.fixed_dictionaries({"relation": words, "value": texts})
json_like = st.recursive(
    scalars | conditions,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a tool and arguments: now and then any JSON, mostly its own fields with arbitrary values."""
    name = draw(st.sampled_from(sorted(TOOLS)))
    if draw(st.integers(0, 9)) == 0:
        return name, draw(json_like)
    arguments = dict(draw(st.sampled_from(CALLS[name])))
    fields = st.sampled_from([*TOOLS[name].arguments.model_fields, "surprise"])
    values = json_like | st.lists(words, max_size=4) | st.lists(conditions, max_size=3)
    return name, arguments | draw(st.dictionaries(fields, values, max_size=2))


@given(call=calls())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_answered_or_refused(toy_knowledge: Knowledge, call: tuple[str, Any]) -> None:
    name, arguments = call
    answer = attempt(toy_knowledge, name, arguments)
    assert answer is None or isinstance(json.loads(answer), dict)


@given(text=st.text(max_size=200) | st.lists(words, max_size=12).map(" ".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_linked_in_place_and_in_order(toy_knowledge: Knowledge, text: str) -> None:
    links = TOOLS["link_entities"].call(toy_knowledge, {"text": text})
    assert all(text[part.start : part.end] == part.text for part in (*links.mentions, *links.unlinked))
    assert list(links.mentions) == sorted(links.mentions, key=lambda mention: mention.start)


# Toolsets


@pytest.mark.parametrize("name", TOOLSETS)
def test_a_toolset_holds_tools_in_the_order_of_the_table(name: str) -> None:
    chosen = toolset(name)
    assert list(chosen) == [each for each in TOOLS if each in TOOLSETS[name]]


@pytest.mark.parametrize("name", TOOLSETS)
def test_every_toolset_can_answer(name: str) -> None:
    assert "recommend" in toolset(name)


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("no-verify", "check_fact"),
        ("no-hops", "resolve_reference"),
        ("no-find", "find_items"),
        ("no-search", "search_items"),
        ("no-policy", "check_policy"),
    ],
)
def test_a_toolset_that_says_no_turns_one_tool_off(name: str, off: str) -> None:
    assert set(TOOLS) - set(toolset(name)) == {off}


def test_the_full_toolset_has_everything() -> None:
    assert toolset("full") == TOOLS


def test_an_unknown_toolset_is_answered_with_the_nearest_and_all() -> None:
    with pytest.raises(
        ValueError, match=r"unknown toolset 'no-verfy'; did you mean 'no-verify'\?\n.*full, .*none"
    ):
        toolset("no-verfy")


def test_an_unknown_toolset_near_nothing_is_answered_with_all() -> None:
    with pytest.raises(UsageError, match=r"unknown toolset 'xyz'\.\n.*full, .*none"):
        toolset("xyz")


def test_as_json_is_compact() -> None:
    assert as_json({"a": [1, None]}) == '{"a":[1,null]}'


def test_the_table_is_keyed_by_the_names_of_the_tools() -> None:
    table: Mapping[str, Any] = TOOLS
    assert [tool.name for tool in table.values()] == list(table)
