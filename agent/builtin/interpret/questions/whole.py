"""Questions about an item as a whole, about several, and about what no catalogue holds."""

from __future__ import annotations

from agent.builtin.interpret.nth import ORDINALS
from agent.builtin.interpret.questions.clauses import Clause, is_head
from agent.builtin.interpret.questions.subject import (
    ITEM_NOUNS,
    MANY_NOUNS,
    PERSONS,
    TOPICS,
    is_definite,
    is_one_item,
    points,
    subject_of,
)
from agent.builtin.interpret.questions.types import FactQuestion, Kind, Subject
from agent.builtin.interpret.questions.value import MAKERS
from agent.builtin.interpret.questions.wishes import is_for_any
from agent.builtin.lexicon.load import words

_WHOLE: tuple[tuple[str, Kind], ...] = (("opinions", "opinion"), ("seen", "tell"))
_ONES, _COMPARED = frozenset(("one", "ones")), words("acts", "comparative")
_SHOULD = (
    ("should", "i"),
    ("should", "we"),
    ("should", "i", "bother"),
    ("worth", "it"),
    ("is", "it", "worth", "it"),
)
_LIKING = frozenset("like enjoy love hate appreciate".split())
_WHO = 6
_COMMAND = 8  # words of an order to do something with an item


def of_usher(clause: Clause) -> FactQuestion | None:
    """'what can this thing actually do?', 'how does this app work?'."""
    if "this" not in clause.words or not (clause.at("what") or clause.words[:1] == ("how",)):
        return None
    told = any(word == "this" and clause.at("devices", i + 1) for i, word in enumerate(clause.words))
    return FactQuestion("usher") if told and {"do", "work", "for", "use"} & set(clause.words) else None


def telling(clause: Clause) -> FactQuestion | None:
    """'tell me about Heat', 'describe the second one', 'what is Alien?', 'tell me more'."""
    if 0 < clause.at("more") == len(clause):
        return FactQuestion("tell", Subject(points=True))
    skipped = clause.at("telling")
    if not skipped and (of_name := clause.at("telling of a name")) and is_one_item(clause.since(of_name)):
        skipped = of_name
    rest = clause.since(skipped)
    if skipped and is_definite(rest):
        subject = subject_of(rest)
        made = rest.words[:1] == ("the",) and len(rest) > 2 and rest.is_agent(1) and rest.words[2] == "of"
        if made and subject.titles:
            return FactQuestion("value", subject, rest.roles()[:1])  # 'tell me about THE AUTHOR OF Emma'
        if subject.people and not subject.titles:
            return FactQuestion("person", subject) if len(subject.people) == 1 else None
        return FactQuestion("about" if clause.since(0, skipped).has("plot") else "tell", subject)
    if skipped or not (clause.at("who") or clause.at("what")):
        return None
    rest = clause.since(2)
    if clause.at("who") and clause.at("is", 1) and len(rest) == 1 and rest.names("entity"):
        return FactQuestion("person", subject_of(rest))
    if clause.at("what") and clause.at("is", 1) and rest.words[-1:] == ("like",) and len(rest) > 1:
        described = clause.since(2, len(clause) - 1)
        return FactQuestion("opinion", subject_of(described)) if is_one_item(described) else None
    if clause.words[:2] == ("what", "makes") and clause.names("title"):
        return FactQuestion("opinion", subject_of(clause.since(2)))
    if (
        clause.words[:1] == ("which",)
        and {"first", "last"} & set(rest.words[:2])
        and not clause.names("title")
    ):
        return None  # the earliest or the latest of those shown
    counted = not ORDINALS.keys().isdisjoint(rest.words[:2]) and "of" in rest.words[2:5]
    asks = (
        not counted
        and clause.at("what")
        and clause.at("is", 1)
        and "about" not in clause.words
        and is_one_item(rest)
    )
    return FactQuestion("tell", subject_of(rest)) if asks and (rest.names("title") or clause.alone) else None


def seen(clause: Clause) -> FactQuestion | None:
    """'have you seen Parasite?', 'what do you think of it?', 'should I watch Heat?'."""
    if clause.words in _SHOULD:
        return FactQuestion("opinion", Subject(points=True))
    if clause.words[0] in ("would", "will", "might") and (place := _liking_at(clause)):
        rest = clause.since(place + 1)
        if is_one_item(rest) and (rest.names("title") or points(rest)):
            return FactQuestion("opinion", subject_of(rest))
    for section, kind in _WHOLE:
        skipped = clause.at(section)
        rest = clause.since(skipped)
        if rest.words[:1] == ("any",) and rest.names("entity"):
            return None  # 'got any Sherlock Holmes?' asks for items
        judged = kind == "opinion" and rest.names("title") and rest.has("judging")
        if skipped and (judged or is_one_item(rest)):
            return FactQuestion(kind, subject_of(rest))
    return None


def _liking_at(clause: Clause) -> int:
    """Return where a verb of liking stands behind somebody who may: 'would MY MUM like'; 0 for none."""
    places = (i for i in range(2, min(_WHO, len(clause))) if clause.words[i] in _LIKING)
    place = next(places, 0)
    return (
        0 if place and {"you", "something", "films", "movies", "books"} & set(clause.words[:place]) else place
    )


def by_whom(clause: Clause) -> FactQuestion | None:
    """'Psycho was shot by whom', 'Jaws, scored by who?'."""
    if clause.words[-2:] not in (("by", "whom"), ("by", "who")) or not clause.names("title"):
        return None
    rest = clause.since(0, len(clause) - 2)
    roles = rest.roles() or (MAKERS,)
    return FactQuestion("value", subject_of(rest), roles)


def known_in_cast(clause: Clause) -> FactQuestion | None:
    """'any famous actors in it?', 'is there anybody I'd know in Heat?'."""
    start = clause.at("is there anybody")
    end = next((i for i in range(start, len(clause)) if clause.words[i] == "in"), 0)
    if not start or not end or not set(clause.words[start:end]) <= words("questions", "anybody known"):
        return None
    inside = clause.since(end + 1)
    subject = subject_of(inside)
    told = subject.titles or points(inside)
    return FactQuestion("value", subject, (("actor",),)) if told else None


def neighbour(clause: Clause) -> FactQuestion | None:
    """'is there a sequel to Dune?', 'what comes after it?', 'which book comes before The Two Towers?'."""
    named = clause.has("following", "preceding")
    asks = named and (clause.at("what") or clause.at("yes or no") or _is_alone(clause))
    for section, relation in (("following", "subsequent_work"), ("preceding", "previous_work")):
        place = clause.find(section)
        if place is not None and asks:
            end = place + clause.at(section, place)
            rest = clause.since(end) if len(clause) > end else clause.since(1, place)
            subject = subject_of(rest)
            return FactQuestion("neighbour", subject, ((relation,),)) if subject.is_item else None
    return None


def _is_alone(clause: Clause) -> bool:
    """Tell whether a clause only names what follows or precedes a title: 'sequel to jaws'."""
    place = int(clause.words[:1] in (("the",), ("a",)))
    length = clause.at("following", place) or clause.at("preceding", place)
    return (
        bool(length)
        and clause.first
        and clause.words[place + length : place + length + 1] in (("to",), ("of",))
    )


def _is_told(clause: Clause) -> bool:
    """Tell whether a clause is a story: 'I sold tickets in a cinema'; not 'I need two tickets'."""
    return clause.words[0] in _TELLERS and not _WISHING & set(clause.words)


_BESIDE = ("unknowable awards", "unknowable ratings", "unknowable money")
_TELLERS = words("questions", "tellers")
_WISHING = words("questions", "wishing")


def unknowable(clause: Clause) -> FactQuestion | None:
    """'is it on Netflix?', 'two tickets please', 'did it win any Oscars?', 'play Amadeus'."""
    asks = clause.has(*TOPICS) or clause.words[:1] in (("where",), ("why",)) or _puts_on(clause)
    if not (asks or _is_command(clause)) or clause.has("places to ask") or is_for_any(clause):
        return None  # 'not sure if this is the right place'
    subject = subject_of(clause)
    indefinite = {"a", "an"} & set(clause.words[:1]) or "there" in clause.words[:2]
    version = clause.has("versions") or not ITEM_NOUNS & set(clause.words)
    indefinite = indefinite and not (clause.names("title") and version)
    kinds = clause.names("category") and not clause.names("title")
    if kinds or set(clause.words) & MANY_NOUNS or (indefinite and not clause.at("unknowable future")):
        return None
    if why(clause):
        return FactQuestion(
            "unknowable", subject, topic="unknowable setting", unused=(clause.since(0, 1).said(),)
        )
    if _is_command(clause) and (subject.titles or points(clause) or subject.slot):
        return FactQuestion("unknowable", subject, topic="unknowable doing", unused=(clause.words[0],))
    if led := _puts_on(clause):
        return FactQuestion("unknowable", subject, topic="unknowable doing", unused=(led,))
    asks_where = clause.words[:1] == ("where",)
    if asks_where and (place := clause.find("consuming")) and _is_known(clause, subject, ""):
        after = clause.since(place + 1)  # 'where can I STREAM the apartment'
        subject = subject_of(after) if len(after) and not subject.titles else subject
        return FactQuestion(
            "unknowable", subject, topic=TOPICS[0], unused=(clause.since(place, place + 1).said(),)
        )
    for topic in TOPICS:
        place = clause.find(topic)
        if topic == TOPICS[0] and clause.has("made for money"):
            continue  # 'how much did it COST TO MAKE?'
        if topic == "unknowable length" and _ONES & set(clause.words) and _COMPARED & set(clause.words):
            continue  # 'could it be a SHORTER ONE?'
        if place is None or (clause.roles_at(place)[0] and clause.words[0] not in ("where", "how")):
            continue
        subject = subject_of(_without(clause, topic))
        tickets = topic == "unknowable tickets" and not _is_told(clause)
        if (tickets and subject.titles and _asks_for_year(clause)) or (
            subject.slot and clause.has("speakers")
        ):
            continue
        if (tickets and (_asks(clause) or clause.has("tickets"))) or (
            (_asks(clause) or _is_owned(clause)) and _is_known(clause, subject, topic)
        ):
            several = set(clause.words) & words("questions", "several") and not subject.titles
            subject = Subject() if tickets or several else subject
            said = [word for each in (topic, *_BESIDE) for word in _said_of(clause, each)]
            return FactQuestion("unknowable", subject, topic=topic, unused=tuple(dict.fromkeys(said)))
    return None


def circumstance(clause: Clause) -> FactQuestion | None:
    """'where did Reed shoot The Third Man?', 'how did they make Alien?': no catalogue tells it."""
    asks = clause.words[:1] in (("where",), ("how",), ("why",)) and clause.at("yes or no", 1)
    asks = asks or clause.words[:2] == ("where", "s")
    if not asks or not clause.names("title") or clause.has("speakers") or "you" in clause.words:
        return None
    said = (clause.since(0, 1).said(),)
    return FactQuestion("unknowable", subject_of(clause), topic="unknowable setting", unused=said)


def _asks_for_year(clause: Clause) -> bool:
    """Tell whether a clause asks when something came out: 'when did it hit the cinemas'."""
    past = clause.words[:1] == ("when",) and clause.words[1:2] in (("did",), ("was",), ("were",))
    return past or bool(clause.at("year words", clause.at("what")))


def _without(clause: Clause, topic: str) -> Clause:
    """Return what a clause says beside a topic: 'can I *stream* Heat *online*' is of Heat."""
    place = 0
    while place < len(clause):
        length = clause.at(topic, place)
        clause, place = (clause.without(place, place + length), place) if length else (clause, place + 1)
    return clause


def why(clause: Clause) -> bool:
    """Tell whether a clause asks for the reasons in a title: 'why is Fargo called so?'."""
    asks = clause.words[:1] == ("why",) and bool(clause.at("yes or no", 1)) and bool(clause.names("title"))
    return asks and not clause.has("offering")


def _said_of(clause: Clause, topic: str) -> tuple[str, ...]:
    """Return the words of a clause that name a topic, as they are written."""
    spans = [(i, i + length) for i in range(len(clause)) if (length := clause.at(topic, i))]
    said = [clause.since(*span) for span in spans]
    named = [each for each in said if each.words[0] not in ("where", "how", "can", "could")]
    return tuple(dict.fromkeys(each.said() for each in named or said[:1]))


def _is_owned(clause: Clause) -> bool:
    """Tell whether something of a title is asked for without a verb: "Titanic's box office?"."""
    return clause.asked and clause.first and clause.words[:2] == ("", "s") and bool(clause.names("title"))


def _asks(clause: Clause) -> bool:
    return bool(
        clause.at("unknowable future") or is_head(clause) or clause.led or clause.at("asking for oneself")
    )


def _is_known(clause: Clause, subject: Subject, topic: str) -> bool:
    """Tell whether a clause says what it is about: an item, or somebody where people are the topic."""
    several = set(clause.words) & words("questions", "several")
    won = topic == "unknowable awards" and bool(PERSONS & set(clause.words))
    pointed = subject.points and points(clause)
    return bool(subject.titles or subject.slot or subject.people or several or pointed or won)


def _puts_on(clause: Clause) -> str:
    """Return the word by which a title is to be played: 'PUT Heat ON for us', 'can you PUT Heat ON'."""
    clause = clause.since(2) if clause.words[1:2] == ("you",) and len(clause) > 2 else clause
    led = clause.words[:1] in (("put",), ("stick",), ("pop",), ("whack",), ("turn",), ("switch",))
    on = clause.words[1:3] in (("", "on"), ("on", ""))
    up = clause.words[:3] in (("queue", "up", ""), ("cue", "up", ""), ("fire", "up", ""), ("load", "up", ""))
    told = ((led and on) or up) and len(clause) <= _COMMAND and clause.names("title")
    return clause.words[0] if told else ""


def _is_command(clause: Clause) -> bool:
    if clause.words[:1] == ("book",) and clause.words[1:2] not in (
        ("me",),
        ("us",),
        ("a",),
        ("the",),
        ("it",),
    ):
        return False  # 'book about whales'
    return bool(clause.at("commands")) and not clause.roles_at(0)[0] and len(clause) <= _COMMAND
