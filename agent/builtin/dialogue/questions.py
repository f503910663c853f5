"""Questions about one item that was named or shown: who shot it, when it came out, why it was recommended."""

from __future__ import annotations

from agent.builtin.dialogue.state import (
    SHORT,
    SimilarityQuery,
    Utterance,
    focus_of,
    named_items,
    pointed_at,
    title_of,
    year_named,
)
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import sentences as wording

_NAMESAKES = 3  # a book and its films may have one title; who scored it is known of a film


def question(said: Utterance) -> Arguments | None:
    """'who shot it?', 'when did the second one come out?', 'who wrote Network?'."""
    if (
        not said.words
        or said.words[0] not in ("who", "whos", "when", "what", "which")
        or len(said.words) > SHORT
    ):
        return None
    if said.reading.wanted or said.has("else", "more", "other", "films", "movies", "books", "what other"):
        return None
    item = pointed_at(said)
    if item is None:
        return None
    if said.words[0] == "when" or said.has("what year", "which year", "how old"):
        year = said.state.hits.get(item, {}).get("year") or year_named(said, item)
        return proposal([item], note=wording.came_out(title_of(said, item), year))
    cues = [a for a in said.chunks if a.kind == "cue"]
    roles = tuple(dict.fromkeys(role for cue in cues for role in cue.roles)) or (
        ("genre",) if said.has("genre", "kind") else ()
    )
    asked = [(each, role) for each in named_items(said)[:_NAMESAKES] or [item] for role in roles]
    answers = said.session.call_all(
        [Call("resolve_reference", {"items": [each], "relation": role}) for each, role in asked]
    )
    for (each, role), answer in zip(asked, answers, strict=True):
        if answer and answer["values"]:
            labels = [value["value"] for value in answer["values"]]
            return proposal([each], note=wording.fact(title_of(said, each), role, labels))
    return proposal([item], note=wording.not_known(title_of(said, item), roles[0])) if roles else None


def why(said: Utterance) -> Arguments | None:
    """'why the first?', 'why that one?'."""
    asks = said.words[:1] in (("why",), ("how",)) and not said.has("how about", "how many", "how old")
    if not asks or len(said.words) > SHORT:
        return None
    item = pointed_at(said) or focus_of(said.state)
    if item is None:
        return None
    similarity = said.state.similarity
    if similarity is not None and (note := _by_taste(said, item, similarity)):
        return proposal([item], said.state.conditions, note=note)
    facts = [wording.said(c) for c in said.state.conditions]
    return proposal([item], said.state.conditions, note=wording.because(title_of(said, item), facts))


def _by_taste(said: Utterance, item: str, similarity: SimilarityQuery) -> str:
    """Return why a tool of taste offered an item: whose choice it is, after what, or by facts; else ''."""
    title, answer = title_of(said, item), similarity.answer
    if item not in {hit["id"] for hit in answer["items"]}:
        return ""
    if "group" in answer:
        return wording.group_chose(title, answer["group"])
    if "reasons" not in answer:
        return ""
    told = next((each for each in answer["reasons"] if each["item"] == item), None)
    if told is None or answer["by"] == "facts":
        return wording.much_in_common(title)
    unnamed = (
        "what you named" if told["after"] in similarity.call.arguments["items"] else "something you chose"
    )
    after = said.state.hits.get(told["after"], {}).get("title", unnamed)
    went = wording.went_on(title, after, told["people"])
    return went[0].upper() + went[1:]
