"""Changes of what was asked: a condition dropped, added, put in place of another, or meant otherwise."""

from __future__ import annotations

from agent.builtin.dialogue.acts import ChangeRole, Drop, Refine, Substitute, SwitchDomain
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS

_ROLE_WORDS = ("meant", "mean", "as an actor", "as a director")


def drop(utterance: Utterance) -> Drop | None:
    """'never mind the director', 'any year is fine'."""
    if not utterance.says("dropping"):
        return None
    roles = frozenset(role for chunk in utterance.chunks if chunk.kind == "trigger" for role in chunk.roles)
    roles |= {c["relation"] for c in utterance.state.conditions if c["relation"] in utterance.words}
    roles |= {"genre"} if utterance.says("of kinds") else frozenset()
    years = utterance.says("of years")
    return Drop(roles, years) if roles or years else None


def change_role(utterance: Utterance) -> ChangeRole | None:
    """'I meant the actor'."""
    triggers = [chunk for chunk in utterance.chunks if chunk.kind == "trigger"]
    if not utterance.has(*_ROLE_WORDS) or not triggers or utterance.reading.wanted:
        return None
    return ChangeRole(triggers[0].roles)


def switch_domain(utterance: Utterance) -> SwitchDomain | None:
    """'what about books?', 'the same for films'."""
    opened = utterance.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    opened = opened or utterance.has("instead", "same genre", "same thing", "same kind", "same but")
    domain = utterance.reading.domain
    if not (opened and domain and utterance.is_short and utterance.state.items) or utterance.names_something:
        return None
    return SwitchDomain(domain) if domain != utterance.state.filters.domain else None


def substitute(utterance: Utterance) -> Substitute | None:
    """'what about Hitchcock?', 'rather a western'."""
    reading = utterance.reading
    opened = utterance.text.startswith(
        ("what about", "how about", "and ", "or ", "same for", "rather", "maybe")
    )
    opened = opened or utterance.has("instead", "same but", "the same but", "rather")
    opened = opened or utterance.text.startswith(tables("acts")["corrections"])
    if not opened or not utterance.is_short or reading.references or reading.claims:
        return None
    names = [*reading.wanted, *reading.any_of]
    if names or (reading.categories and not utterance.text.startswith(("and ", "or "))):
        return Substitute()
    return None


def refine(utterance: Utterance) -> Refine | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'with Harrison Ford in it', 'by Lean'."""
    reading = utterance.reading
    ruled_out = {each.name.text for each in reading.none_of}
    named = any(title.text not in ruled_out for title in reading.mentioned)
    if reading.references or reading.claims or named or utterance.is_long:
        return None
    stated = bool(reading.wanted or reading.categories or reading.any_of)
    same = utterance.has("same but", "the same but", "same for", "same from", "same in")
    if same and utterance.is_short and not reading.wanted:
        return Refine()
    limits = bool(reading.none_of or reading.not_years or reading.order) or reading.years != (None, None)
    if not (stated or limits or (reading.domain and not reading.profile)):
        return None  # who says who they are asks anew
    if has_own_head(utterance):
        return None
    opens = utterance.words[0] in words("acts", "openers")
    ones = utterance.has("ones", "one")
    fragment = utterance.is_short and not reading.wanted and (ones or not reading.categories)
    limited = utterance.has("only", "just", "anything with", "something with")
    return Refine() if opens or ones or fragment or limited or not stated else None


def has_own_head(utterance: Utterance) -> bool:
    """Tell whether a text asks for items of its own: 'a film noir', 'three comedies'; not 'one by X'."""
    heads = ITEM_NOUNS - {"ones", "one"}
    if utterance.text.startswith(("and also a", "also a", "and a ", "plus a ")):
        return True
    opener = utterance.words[0] in words("acts", "openers") - words("acts", "weak openers")
    if opener or utterance.has("only", "just", "instead"):
        return False
    named = bool(utterance.reading.wanted) and not utterance.has("now")
    if (utterance.has("something", "anything") and not named) or heads & set(utterance.words):
        return True
    kinds = utterance.reading.categories or (utterance.reading.any_of and not utterance.reading.audience)
    return (bool(kinds) or _wishes_anew(utterance)) and not utterance.has("ones", "one")


def _wishes_anew(utterance: Utterance) -> bool:
    """Tell whether a text is a sentence about what the person likes or wants: 'I like Hanks and Streep'."""
    return utterance.words[0] in ("i", "id", "im", "we", "my") and utterance.has(*tables("acts")["wishing"])
