"""Tools as they are offered to a language model: what it needs to call them, in as few words as it takes.

A small model reads the tools with every call. So a description ends with its first paragraph, a parameter
that another one can express is left out, and the form of a condition stands once, in `find_items`; the others
take the same. What is left out is still taken by the tool, and what does not fit is still refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DEFINES = "find_items"
_LEFT_OUT: Mapping[str, frozenset[str]] = {
    "check_fact": frozenset(("op",)),
    "find_items": frozenset(("year_from", "year_to", "limit")),  # conditions on the year say them
    "search_items": frozenset(("year_from", "year_to", "domain", "order", "words")),
    "similar_items": frozenset(("year_from", "year_to", "domain", "order")),
    "group_favourites": frozenset(("year_from", "year_to", "domain", "exclude_items")),
    "rank_for_user": frozenset(("user_id", "history", "gender", "age", "occupation", "order")),
    "recommend": frozenset(("basis", "question")),  # the guard tells why; a dialogue asks
}
_OF_DIALOGUES = frozenset(("question",))
_OF_FACTS = frozenset(("facts", "act"))
_NOISE = frozenset(("title", "default", "description", "additionalProperties"))


def offered(schema: Mapping[str, Any], *, dialogue: bool = False, facts: bool = True) -> dict[str, Any]:
    """Return the schema of a tool as a language model is offered it.

    Args:
        schema: the whole schema, as chat-completion protocols use it.
        dialogue: whether rules of a dialogue hold, where questions are asked of the person.
        facts: whether a question of fact may be answered.
    """
    function = schema["function"]
    name, whole = function["name"], function["parameters"]
    gone = _LEFT_OUT.get(name, frozenset()) - (_OF_DIALOGUES if dialogue else frozenset())
    gone |= frozenset() if facts or dialogue else _OF_FACTS
    forms = dict(whole.get("$defs", {})) if name == _DEFINES else {}
    kept = [key for key in whole["properties"] if key not in gone]
    parameters: dict[str, Any] = {
        "type": "object",
        "properties": {key: _short(whole["properties"][key], forms) for key in kept},
    }
    if whole.get("required"):
        parameters["required"] = whole["required"]
    said = {"name": name, "description": _first_words(function["description"]), "parameters": parameters}
    return {"type": "function", "function": said}


def _first_words(description: str) -> str:
    """Return the first line of a description and its first paragraph, as one."""
    return " ".join(" ".join(part.split()) for part in description.split("\n\n")[:2])


def _short(form: Any, forms: dict[str, Any]) -> Any:
    """Return a schema without titles, defaults and null; one of `forms` stands where it is first used."""
    if isinstance(form, list):
        return [_short(each, forms) for each in form]
    if not isinstance(form, dict):
        return form
    if "$ref" in form:
        named = forms.pop(form["$ref"].rpartition("/")[2], None)
        return _short(named, forms) if named else {"type": "object"}
    real = [each for each in form.get("anyOf", ()) if each.get("type") != "null"]
    if len(real) == 1:
        return _short(real[0], forms)
    if "enum" in form:
        return {"enum": form["enum"]}
    kept = {key: value for key, value in form.items() if key not in _NOISE}
    fields = kept.pop("properties", {})  # whose keys are names, which may be those of noise
    short = {key: _short(value, forms) for key, value in kept.items()}
    return short | ({"properties": {k: _short(v, forms) for k, v in fields.items()}} if fields else {})
