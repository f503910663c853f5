"""Questions about several items: which is older, which is better, whether somebody made both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import subject_of
from agent.builtin.interpret.questions.types import FactQuestion, Roles, Subject, Time
from agent.builtin.interpret.questions.value import MAKERS
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import PERSON_NOUNS

_COMING = frozenset("came come comes out made released published written appeared filmed shot".split())
_WHICH_OF_THEM = frozenset(
    "which was is were the one first last of them these those his her their whats what s newer older"
    " earlier later came come out made more recent and so two".split()
)
_AMONG = frozenset("these those them they one two ones both".split())
_FILMS = frozenset("film films movie movies".split())
_BOOKS = frozenset("book books novel novels".split())
_LISTS = words("questions", "lists")
_ANYBODY = frozenset("anyone anybody somebody someone who".split())
_MORE = frozenset("else other others more further another anything something".split())
_TWO = 2
_PERSON = frozenset("person people guy man woman one hand team".split())
_PERSONS_SAID = _PERSON | PERSON_NOUNS
_PERSONS = frozenset((word,) for word in _PERSON)


def preferred(clause: Clause) -> FactQuestion | None:
    """'which is better, Alien or Aliens?'."""
    if not clause.at("what") or len(clause.names("title")) < _TWO:
        return None
    judged = clause.has("judging") or any(c.text.endswith("er") for c in clause.names("category"))
    return FactQuestion("opinion", subject_of(clause)) if judged else None


_OPENS = 2  # words before a comparative that opens a wish


def compared(clause: Clause) -> FactQuestion | None:
    """'which of these is older?', 'which came first, Alien or Heat?', 'was Alien made after Heat?'."""
    several = len(clause.names("title")) > 1
    if several and clause.has("comparing"):
        return FactQuestion("tell", subject_of(clause))  # 'can you compare Heat and Alien?'
    place = clause.find("orders of time")
    word = {"before", "after"} & set(clause.words) if clause.at("yes or no") else None
    if place is None and not word:
        return None
    unlinked = bool(clause.names("title")) and bool(subject_of(clause).slot)
    if (several or unlinked) and word:
        return _compared(clause, "earliest" if "before" in word else "latest", asks=True)
    than = "than" in clause.words and not clause.at("what")
    if than and (place or 0) < _OPENS and not (clause.asked or clause.at("yes or no")):
        return None  # 'more recent than these' asks for others
    wishes = clause.has("speakers") or {word for word in clause.words if word in _LISTS} - {"more"}
    alone = place in (0, 1) and clause.words[place + 1 : place + 2] == ("of",)  # 'newest of them?'
    who = several and clause.at("who")  # 'who is older, Heat or Casino?'
    if place is None or not (clause.at("what") or than or alone or who) or wishes:
        return None
    before = clause.words[place - 1] if place else ""
    among = bool(_AMONG & set(clause.words)) or before in _COMING
    first_of_them = clause.at("what") == 1 and set(clause.words) <= _WHICH_OF_THEM
    if not (several or unlinked or first_of_them) and (
        not among or clause.names("category", "entity", "title")
    ):
        return None
    word_of_order = clause.words[place]
    counts = word_of_order in ("first", "last") and before not in _COMING
    if counts and not (several or first_of_them):
        return None
    role = "earliest" if word_of_order in words("questions", "earliest") else "latest"
    return _compared(clause, role, asks=than)


def _compared(clause: Clause, role: str, *, asks: bool) -> FactQuestion:
    return FactQuestion("compare", subject_of(clause), ((role,),), year=Time("than", 0) if asks else None)


def same(clause: Clause) -> FactQuestion | None:
    """'were A and B directed by the same person?', 'is the author of A also B's?', 'anyone in both?'."""
    asks = {"same", "both"} & set(clause.words) or clause.at("yes or no")
    if not clause.names("title", "entity"):
        them = clause.at("yes or no") and "same" in clause.words and bool(_AMONG & set(clause.words))
        alone = clause.words[-1:] == ("right",) or len(clause) == _TWO  # 'same director, right?'
        them = them or (clause.words[:1] == ("same",) and alone)
        them = them and bool(clause.roles() or _PERSON & set(clause.words)) and not clause.names("category")
        return FactQuestion("same", Subject(points=True), (_role_in(clause.roles()),)) if them else None
    if not asks:
        return None
    place = clause.words.index("same") if "same" in clause.words else None
    subject = subject_of(clause if place is None else clause.without(place, place + 1))
    if len(subject.titles) + bool(subject.slot) < 2 or not subject.titles:
        return None
    roles = clause.roles()
    if _ANYBODY & set(clause.words[:3]) and "both" in clause.words:
        return FactQuestion("shared", subject, roles[:1] or (("actor",),))
    twice = len(roles) == 1 and {"also", "too", "as"} & set(clause.words) and bool(clause.at("yes or no"))
    wanted = "as" in clause.words and not clause.at("yes or no")  # 'same composer as Jaws and Dune'
    twice = twice or bool(clause.at("yes or no") and _is_of_whoever(clause))
    by_whom = bool(roles) or (place is not None and clause.words[place + 1 : place + 2] in _PERSONS)
    asked = twice or (by_whom and place is not None and not wanted)
    return FactQuestion("same", subject, (_role_in(roles),)) if asked else None


def same_again(clause: Clause, before: Sequence[FactQuestion]) -> FactQuestion | None:
    """'what is A in, and *is it the same director as B*?': whether they made one more as well."""
    place = clause.words.index("same") if "same" in clause.words else len(clause)
    subject = subject_of(clause.without(place, place + 1))
    asked = before[-1].subject.titles if before else ()
    by_whom = bool(clause.roles() or _PERSONS_SAID & set(clause.words[place + 1 : place + 2]))
    if not (clause.at("yes or no") and len(subject.titles) == 1 and asked and by_whom):
        return None
    return FactQuestion("same", Subject((*asked, *subject.titles)), (_role_in(clause.roles()),))


def connected(clause: Clause) -> FactQuestion | None:
    """'what do A and B have in common?', 'how is A connected to B?', 'is there a link between A and B?'."""
    asks = clause.at("what") or clause.at("yes or no") or clause.words[:1] == ("how",)
    if not asks or not clause.has("connecting") or clause.roles() or _MORE & set(clause.words):
        return None
    subject = subject_of(clause)
    two = len(subject.titles) + len(subject.people) == _TWO and not subject.slot
    return FactQuestion("connection", subject) if two else None


def _is_of_whoever(clause: Clause) -> bool:
    """Tell whether somebody is named by another work: 'was A made *by the guy who* did B?'."""
    pairs = set(pairwise(clause.words))
    joined = {(person, after) for person in _PERSON for after in ("who", "that", "behind", "of")}
    return bool(pairs & (joined | {("by", "whoever"), ("from", "whoever")}))


def _role_in(roles: tuple[Roles, ...]) -> Roles:
    """Return the role that somebody is asked for in: 'made by the same *director*'."""
    people = [each for each in roles if "genre" not in each]
    return people[-1] if people else MAKERS


def in_series(clause: Clause) -> FactQuestion | None:
    """'in what order should they be read?', "what's the reading order?", 'which Dune book comes last?'."""
    asks = clause.at("what") or (clause.at("yes or no") and "order" in clause.words)
    ordered = clause.has("orders of reading")
    if not asks or not ordered or clause.names("category"):
        return None
    domain = "movie" if _FILMS & set(clause.words) else "book" if _BOOKS & set(clause.words) else ""
    return FactQuestion("series", Subject(subject_of(clause).titles, points=True), topic=domain)


def _is_there_a_form(clause: Clause) -> FactQuestion | None:
    """'was there a film?', 'are there any films of it here': the other form of what was spoken of."""
    if clause.words[1:2] != ("there",) or not clause.at("yes or no"):
        return None
    rest = [word for word in clause.words[2:] if word not in _BESIDE_FORM]
    domain = "movie" if set(rest) <= _FILMS else "book" if set(rest) <= _BOOKS else ""
    return FactQuestion("other_form", Subject(points=True), topic=domain) if rest and domain else None


_BESIDE_FORM = frozenset(
    "a an any one of it that this here too also as well in the catalogue version adaptation based on".split()
)


def filmed(clause: Clause) -> FactQuestion | None:
    """'which of those are also here as a film?', 'was Emma ever filmed?', 'is there a book of Jaws?'."""
    if (there := _is_there_a_form(clause)) is not None:
        return there
    place = clause.find("in another form")
    asks = clause.at("what") or clause.at("yes or no") or place == 0  # 'made into a film?'
    if not asks or place is None or clause.names("category", "entity") or clause.has("speakers"):
        return None
    end = place + clause.at("in another form", place)
    said = set(clause.words[place:end])
    domain = "book" if said & _BOOKS else "movie"
    subject = subject_of(clause.without(place, end))
    several = bool(_AMONG & set(clause.words))
    if place == 0 and not subject.titles:
        return FactQuestion("other_form", Subject(points=True), topic=domain)
    if subject.titles or several or (subject.points and subject == Subject(points=True)):
        return FactQuestion("other_form", subject, topic=domain)
    return None
