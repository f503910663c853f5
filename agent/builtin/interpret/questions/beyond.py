"""Questions on people that no catalogue answers, and who of a name made a title: 'WHICH BRONTË wrote …'."""

from __future__ import annotations

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import ITEM_NOUNS, MANY_NOUNS, subject_of
from agent.builtin.interpret.questions.types import FactQuestion, Subject
from agent.builtin.lexicon.load import words

_ASKING = frozenset("what whats which is are has have does do any when who how".split())
_JUDGED = frozenset("say said think thought like make made take verdict opinion opinions".split())
_WORKS = (("film",), ("movie",), ("book",), ("novel",), ("actor",), ("actress",), ("director",))
_FAMILY = frozenset("brother brothers sister sisters".split())
_THINKING = (("do", "you", "think"), ("you", "think"), ("do", "you", "reckon"), ("do", "you", "believe"))
_LIKING = frozenset("like enjoy love hate appreciate dislike".split())
_GOING = frozenset(("going", "gonna"))
_MAY = frozenset("would will might could ll d".split())
_OPINION = frozenset("like love enjoy think rate thoughts opinion take".split())
_PRONOUNS = frozenset("he she his her".split())
_BEING = frozenset("is was isnt wasnt".split())
_HEAD = 4  # words before somebody whose life is asked of
_RELATIVE = (("to",), ("that",), ("which",), ("where",))
_NEAR = 9  # words up to the verb of 'do you think my little sister would like'


def whereabouts(clause: Clause) -> FactQuestion | None:
    """'the cheapest PLACE TO BUY Dune', 'any SHOP THAT SELLS Dune?': nothing of shops is stored."""
    for i, word in enumerate(clause.words):
        led = word in words("questions", "places to get items") and clause.words[i + 1 : i + 2] in _RELATIVE
        if led and clause.words[i + 2 : i + 3] and clause.words[i + 2] in words("questions", "getting"):
            subject = Subject(subject_of(clause.since(i + 3)).titles)
            said = clause.words[i + 2]
            where = FactQuestion("unknowable", subject, topic="unknowable where", unused=(said,))
            return where if subject.titles else None
    return None


def plans(clause: Clause) -> FactQuestion | None:
    """'what is Wes Anderson working on now?', "what's Tarantino's next film?": nothing planned is stored."""
    people = clause.names("entity")
    if not clause.words or clause.words[0] not in _ASKING or not people or clause.names("title"):
        return None
    owned = any(clause.words[i : i + 3] == ("", "s", "next") for i in range(len(clause)))
    place = clause.find("plans of somebody")
    if not (owned or place is not None) or not MANY_NOUNS.isdisjoint(clause.words):
        return None
    said = clause.since(place, place + clause.at("plans of somebody", place)).said() if place else "next"
    return FactQuestion("unknowable", Subject(), topic="unknowable future", unused=(said,))


def most_of_cast(clause: Clause) -> FactQuestion | None:
    """'who is the youngest actor in Heat?', 'which actress in Alien is the tallest?'."""
    persons = bool(clause.at("who")) or not words("questions", "actors").isdisjoint(clause.words)
    said = [word for word in clause.words if word in words("questions", "most of people")]
    asks = bool(clause.at("who") or clause.at("what"))
    if not (asks and persons and said) or not ITEM_NOUNS.isdisjoint(clause.words):
        return None
    return FactQuestion("unknowable", subject_of(clause), topic="unknowable people", unused=(said[0],))


def received(clause: Clause) -> FactQuestion | None:
    """'what did the critics say about Heat?': nothing of reviews is stored, whatever is spoken of."""
    judges = words("questions", "judges") & set(clause.words[:4])
    if clause.words[:1] not in (("what",), ("how",)) or not judges or _JUDGED.isdisjoint(clause.words):
        return None
    subject = Subject(subject_of(clause).titles)
    return FactQuestion("unknowable", subject, topic="unknowable ratings", unused=(sorted(judges)[0],))


def winner(clause: Clause) -> FactQuestion | None:
    """'who's going to win best picture next year?', 'what will win it?': no catalogue tells."""
    who = clause.at("who") or (clause.words[:1] == ("which",) and clause.words[1:2] in _WORKS and 2)
    who = who or int(clause.words[:1] == ("what",))
    if not who or clause.names("title") or not clause.at("to win", who):
        return None
    return FactQuestion("unknowable", Subject(), topic="unknowable awards", unused=("win",))


def elder(clause: Clause) -> FactQuestion | None:
    """'who is older, A or B?': no catalogue tells anything of people's lives."""
    place = (who := clause.at("who")) and who + clause.at("is", who)
    asks = who and clause.words[place : place + 1] and not clause.names("title")
    if not asks or clause.words[place] not in words("questions", "compared of people"):
        return None
    return FactQuestion("unknowable", Subject(), topic="unknowable people", unused=(clause.words[place],))


def of_life(clause: Clause) -> FactQuestion | None:
    """'how old is he?', 'where is she from?', 'when was he born?', 'is she Swedish?', 'what's his age?'."""
    place = next((i for i, word in enumerate(clause.words[:_HEAD]) if word in _PRONOUNS), 0)
    if said := _said_to_be_from(clause, place):
        return FactQuestion("unknowable", Subject(), topic="unknowable people", unused=(said,))
    asks = clause.words[:1] and clause.words[0] in _ASKING | _BEING | {"where"}
    if not place or not asks or clause.names("title"):
        return None
    owned = clause.words[place] in ("his", "her")
    told = clause.find("unknowable people")
    said = "" if told is None else clause.words[told]
    if not owned:
        said = "old" if clause.words[:2] == ("how", "old") else said
        said = "from" if clause.words[0] == "where" and clause.words[-1] == "from" else said
        said = said or _nationality(clause, place)
    if not said:
        return None
    return FactQuestion("unknowable", Subject(), topic="unknowable people", unused=(said,))


def _said_to_be_from(clause: Clause, place: int) -> str:
    """Return where somebody is said to be from: 'my neighbour says she was NORWEGIAN'; '' for nowhere."""
    reported = not words("questions", "says so").isdisjoint(clause.words[:place])
    being = clause.words[place + 1 : place + 2]
    told = clause.since(place) if reported and being and being[0] in _BEING else None
    named = told.names("entity", "category") if told is not None and told.words[2:] == ("",) else []
    return named[0].text if named and set(named[0].held_roles) <= {"country", "language"} else ""


def _nationality(clause: Clause, place: int) -> str:
    """Return the name of a place that somebody is asked to be from: 'was she NORWEGIAN'; '' for none."""
    named = clause.names("entity", "category")
    of_places = all(c.held_roles and set(c.held_roles) <= {"country", "language"} for c in named)
    alone = len(named) == 1 and of_places and len(clause) <= place + 3
    return named[0].text if alone and place == 1 and clause.words[0] in _BEING else ""


def liking(clause: Clause) -> FactQuestion | None:
    """'is my neighbour going to like Heat?', 'do you think my dad would like Alien?'."""
    led = next((len(said) for said in _THINKING if clause.words[: len(said)] == said), 0)
    verb = next((i for i in range(1, min(_NEAR, len(clause))) if clause.words[i] in _LIKING), 0)
    before = clause.words[led:verb]
    going = clause.words[0] in ("is", "are", "am") and bool(_GOING & set(before))
    rest = clause.since(verb + 1)
    if not verb or "you" in before or not (going or (led and _MAY & set(before))):
        return None
    return FactQuestion("opinion", subject_of(rest)) if rest.names("title") else None


def of_somebody(clause: Clause) -> FactQuestion | None:
    """'what do you think of Bergman?', 'do you like Agatha Christie?': what they did here; no judgement."""
    skipped = clause.at("opinions")
    rest = clause.since(skipped)
    if not skipped or _OPINION.isdisjoint(clause.words[:skipped]):
        return None
    people = [c for c in rest.names("entity") if c.choices and set(c.held_roles) - {"series", "country"}]
    return FactQuestion("opinion", subject_of(rest)) if len(rest) == len(people) == 1 else None


def which_of_name(clause: Clause) -> FactQuestion | None:
    """'which Brontë wrote Jane Eyre?', 'which Coppola directed it?'."""
    if clause.words[:1] != ("which",) or clause.words[1:2] != ("",) or not clause.names("title"):
        return None
    named = clause.pieces[1].chunk
    made = clause.since(2 + (clause.words[2:3] != () and clause.words[2] in _FAMILY))
    verb = made.roles_at(0)[1] if len(made) else ()
    if named.kind != "entity" or not verb or not made.is_verb(0):
        return None
    subject = subject_of(made)
    return FactQuestion("value", Subject(subject.titles), (verb,)) if subject.titles else None
