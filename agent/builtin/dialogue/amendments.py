"""Changes of what was asked: a condition dropped, added, put in place of another, or meant otherwise."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from agent.builtin.dialogue.acts import Allow, ChangeRole, Drop, Permit, Substitute, SwitchDomain
from agent.builtin.dialogue.fragments import PEOPLE, dropped_names, stands_alone
from agent.builtin.dialogue.utterance import Utterance, places_of, shown_domain
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS

_IS_FINE = {(be, fine) for be in ("is", "are", "s") for fine in ("fine", "ok", "okay", "alright", "allowed")}
_POINTED = frozenset("that this it one ones i we he she you him her everything mom mum dad".split())
_THEN = frozenset("then ok okay fine just well is are fine please alright".split())
_ROLE_WORDS = ("meant", "mean", "as an actor", "as a director")


def drop(utterance: Utterance) -> Drop | None:
    """'never mind the director', 'any year is fine'."""
    any_of_role = any(
        chunk.kind == "trigger" and utterance.chunks[i].text == "any" and chunk.entries[0].kind == "agent"
        for i, chunk in enumerate(utterance.chunks[1:])
    )
    dropping = utterance.says("dropping") or any_of_role or _takes_anybody(utterance)
    reading = utterance.reading
    asks = (reading.wanted or reading.categories or reading.any_of) and stands_alone(utterance)
    if not dropping or asks or any(dropped_names(utterance)):
        return None
    roles = frozenset(role for chunk in utterance.chunks if chunk.kind == "trigger" for role in chunk.roles)
    roles |= {c["relation"] for c in utterance.state.conditions if c["relation"] in utterance.words}
    compared = {c["relation"] for c in utterance.state.filters.compared}
    roles |= {name for name in compared if utterance.has(*_called(name))}
    roles |= {"genre"} if utterance.says("of kinds") else frozenset()
    roles |= PEOPLE if _takes_anybody(utterance) else frozenset()
    dated = bool(utterance.reading.timed) and utterance.says("no matter")
    years = utterance.says("of years") or dated
    return Drop(roles, years) if roles or years else None


def _takes_anybody(utterance: Utterance) -> bool:
    """Tell whether it no longer matters who it is: 'ok then ANYONE'."""
    said = [word for word in utterance.words if word not in words("acts", "before a denial") | _THEN]
    return said in (["anyone"], ["anybody"], ["whoever"], ["with", "anyone"], ["with", "anybody"])


def allow(utterance: Utterance) -> Allow | None:
    """'ok you can include him after all', 'Carrey is fine': what was ruled out no longer is."""
    ruled = [c["value"] for c in utterance.state.filters.none_of]
    denied = words("negation", "denying") & set(utterance.words)
    back = "again" in utterance.words and bool(words("acts", "pronouns of people") & set(utterance.words))
    allowed = utterance.says("allowing") or (back and bool(ruled))
    if not utterance.state.items or denied or not allowed or utterance.is_long:
        return None
    names = [*(each.name for each in utterance.reading.wanted), *utterance.reading.categories]
    named = {choice.label for name in names for choice in name.choices}
    half = any(choice.match == "surname" for name in names for choice in name.choices[:1])
    if half and not named & set(ruled):
        return Allow(())  # who was unknown when ruled out: 'no Errol Flynn' … 'Flynn is fine'
    if not ruled:
        return None
    if named:
        return Allow(tuple(value for value in ruled if value in named)) if named & set(ruled) else None
    pointed = words("acts", "pronouns of people") & set(utterance.words) or utterance.has(
        "those", "that", "it"
    )
    return Allow((ruled[-1],)) if pointed and utterance.says("allowing again") else None


def permit(utterance: Utterance) -> Permit | None:
    """'black and white is fine', 'older than the 80s is ok too': a wish that leaves out nothing."""
    said, reading = utterance.spoken, utterance.reading
    ends = [i for i, pair in enumerate(pairwise(said)) if i and pair in _IS_FINE]
    if not ends or not utterance.state.items or utterance.is_long or "?" in reading.text:
        return None
    subject, after = set(said[: ends[0]]), set(said[ends[0] + 2 :])
    if after & words("negation", "denying"):
        return None  # 'fantasy is ok but not grimdark'
    pointed = subject & (words("acts", "all") | _POINTED) or places_of(utterance) or reading.mentioned
    named = reading.wanted or reading.references or any(c.kind == "entity" for c in utterance.chunks)
    return None if pointed or named else Permit()


def _called(relation: str) -> tuple[str, ...]:
    """Return how a relation may be called in a few words: 'running_time' is the length as well."""
    names = tables("measures")
    said = relation.replace("_", " ")
    alike = [each for head, each in names.items() if head.startswith("names ") and said in each]
    return (said, *(phrase for each in alike for phrase in each))


def change_role(utterance: Utterance) -> ChangeRole | None:
    """'I meant the actor'."""
    triggers = [chunk for chunk in utterance.chunks if chunk.kind == "trigger"]
    meant = utterance.has(*_ROLE_WORDS) or _is_bare_role(utterance)
    if not meant or not triggers or utterance.reading.wanted:
        return None
    return ChangeRole(triggers[0].roles)


def _is_bare_role(utterance: Utterance) -> bool:
    """Tell whether a text only says what somebody did: 'only *directed*', 'ok, the ones he *produced*'."""
    said = {c.text for c in utterance.chunks if c.kind not in ("mark", "trigger")}
    verbs = [c for c in utterance.chunks if c.kind == "trigger"]
    held = any(c["relation"] in PEOPLE for c in utterance.state.conditions)
    one = len(verbs) == 1 and all(entry.kind == "verb" for entry in verbs[0].entries)
    return held and one and said <= words("acts", "beside a bare role")


def switch_domain(utterance: Utterance) -> SwitchDomain | None:
    """'what about books?', 'the same for films'."""
    opened = utterance.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    same = utterance.has("same genre", "same thing", "same kind", "same sort", "same but")
    opened = opened or same or utterance.text.startswith("the same for ")
    opened = opened or utterance.has("instead", "rather", "make it", "make that", "make them")
    opened = opened or set(utterance.words) <= _beside_domain()
    domain = _domain_left(utterance) or utterance.reading.domain
    opened = opened or (domain is not None and _of_domain_only(utterance))
    brief = utterance.is_short or same
    if not (opened and domain and brief and utterance.state.items) or utterance.names_something:
        return None
    return SwitchDomain(domain) if domain != utterance.state.filters.domain else None


def _domain_left(utterance: Utterance) -> str | None:
    """Return the domain whose noun is not denied, of two that are named: 'a MOVIE, not a book'."""
    said = [word for word in utterance.words if word not in ("a", "an", "the")]
    denied = {after for before, after in pairwise(said) if before in words("acts", "ruling out")}
    named = {d for d, nouns in DOMAIN_NOUNS.items() if (nouns & set(said)) - denied}
    left_out = {d for d, nouns in DOMAIN_NOUNS.items() if nouns & denied}
    if left_out and not named and len(DOMAIN_NOUNS) == len(left_out) + 1:
        named = set(DOMAIN_NOUNS)  # 'not a book'
    return next(iter(named - left_out)) if len(named - left_out) == 1 and left_out else None


def _of_domain_only(utterance: Utterance) -> bool:
    """Tell whether items of one domain are asked for: 'MORE OF THE books', 'JUST THE films'."""
    return utterance.has(
        "more of the", "only the", "just the", "some of the", "none of the", "stick to", "keep to"
    )


_ONE_MORE = ("and a ", "and an ", "or a ", "or an ", "then a ", "then an ")
_AROUND = frozenset("and or a an please too as well".split())


def asks_for_other_sort(utterance: Utterance) -> bool:
    """Tell whether one of another domain is described, so asked for anew: 'AND A PICTURE BOOK'."""
    domain = utterance.reading.domain
    nouns = frozenset().union(*DOMAIN_NOUNS.values())
    opening = " ".join(word for word in utterance.words if word not in words("acts", "hedging"))
    more = opening.startswith(_ONE_MORE) and not set(utterance.words) <= nouns | _AROUND
    if domain is None or domain == utterance.state.filters.domain:
        return False
    return more or (domain != shown_domain(utterance) and _describes_noun(utterance, domain))


def _describes_noun(utterance: Utterance, domain: str) -> bool:
    """Tell whether it is said what items of a domain are about: 'I meant BOOKS ABOUT war', 'SPY books'."""
    said, nouns = utterance.words, DOMAIN_NOUNS[domain]
    if utterance.reading.wanted or words("acts", "pronouns of people") & set(said) or not utterance.is_short:
        return False
    about = any(a in nouns and b in _TELLING for a, b in pairwise(said))
    small = words("acts", "openers") | words("acts", "beside a domain") | words("acts", "before a denial")
    themed = any(b in nouns and a not in small | words("acts", "another") for a, b in pairwise(said))
    return about or (themed and not utterance.says("likeness") and not places_of(utterance))


_TELLING = ("about", "on", "set")


@cache
def _beside_domain() -> frozenset[str]:
    """Return the words that may stand beside the noun of another domain: '*movies*, not books'."""
    nouns = frozenset().union(*DOMAIN_NOUNS.values())
    return nouns | words("acts", "beside a domain")


def substitute(utterance: Utterance) -> Substitute | None:
    """'what about Hitchcock?', 'rather a western'."""
    reading = utterance.reading
    opened = utterance.text.startswith(
        ("what about", "how about", "and ", "or ", "same for", "rather", "maybe")
    )
    opened = opened or utterance.has("instead", "same but", "the same but", "rather")
    opened = opened or utterance.text.startswith(
        (*tables("acts")["corrections"], *tables("acts")["more of somebody"])
    )
    if not opened or not utterance.is_short or reading.references or reading.claims:
        return None
    names = [*reading.wanted, *reading.any_of]
    held = {condition["relation"] for condition in utterance.state.conditions}
    beside = utterance.words[0] == "and" and utterance.words[1:2] != ("which",)
    if names and (utterance.words[0] == "or" or (beside and "actor" in held)):
        return None  # one of both, or both: several act together
    if not names and words("acts", "comparative") & set(utterance.words):
        return None  # 'what about something FUNNIER' is of the same kind
    if names or (reading.categories and not utterance.text.startswith(("and ", "or "))):
        return Substitute()
    return None
