"""Questions for what an item has: who made it, when, of what kind it is, how many."""

from __future__ import annotations

from agent.builtin.interpret.questions.clauses import Clause, near_verb
from agent.builtin.interpret.questions.columns import of_column
from agent.builtin.interpret.questions.subject import (
    ITEM_NOUNS,
    MANY_NOUNS,
    asks_of_name,
    is_one_item,
    points,
    subject_of,
    with_unlinked_title,
)
from agent.builtin.interpret.questions.types import FactQuestion, Kind, Roles, Subject
from agent.builtin.lexicon.load import words
from agent.builtin.parse.ordinals import positions

_MANY = 99  # items that an ordinal may point at, as far as words tell
_DOING = (("did", ""), ("made", ""), ("did", "it"), ("made", "it"))
_OF_THEM = (("of",), ("those",), ("these",), ("the",), ("his",), ("her",))
_NEAR = 4  # words up to a title
_ARTICLES = (("the",), ("a",), ("its",))
MAKERS: Roles = tuple("director author writer brand maker designer artist developer winery".split())
_PARTS = frozenset("lead hero heroine villain star main title leading part role".split())
_PLAYING = (("plays",), ("played",), ("portrays",), ("portrayed",), ("voices",), ("voiced",))
_SOMEBODY = (("her",), ("him",), ("them",), *(("the", who) for who in "lead hero heroine villain".split()))


def who(clause: Clause) -> FactQuestion | None:
    """'who directed Heat?', 'who is in it?', "who's the guy that shot Jaws?", 'who is it by?'."""
    if (inside := _inside_of(clause)) is not None:
        return FactQuestion("value", inside, (("actor",),))
    skipped = clause.at("who") or (clause.at("somebody who") if clause.led else 0)
    best = clause.has("superlatives") and not positions(clause.words, _MANY)
    if not skipped or "you" in clause.words or clause.names("category") or best:
        return None
    rest = clause.since(skipped)
    roles = rest.roles()
    made = rest.words[:2] in _DOING or (rest.words[:1] == ("made",) and points(rest))
    if made and (not roles or rest.words[0] == "made") and not rest.names("title"):
        roles = (MAKERS,)  # who made a book is its author
    if roles and rest.words[:1] == ("made",):
        roles = (tuple(dict.fromkeys((*roles[0], *MAKERS))), *roles[1:])  # 'who made' a clock is its maker
    if rest.words[:1] in _PLAYING and rest.words[1:] in _SOMEBODY:
        return FactQuestion("value", Subject(points=True), (("actor",),))  # 'who plays her?'
    if not roles and rest.has("parts of a cast"):
        roles = (("actor",),)
    if not roles and len(rest) == 2 and rest.names("title") and not rest.words[1]:
        roles = tuple(each for each in (near_verb(rest.words[0]),) if each)
    owner = bool(set(rest.words[:1]) & (ITEM_NOUNS | words("questions", "is"))) or _points_at_work(rest)
    owned = clause.words[0] == "whose" and owner
    if not roles and rest.at("is") and rest.words[1:2] == ("the",) and rest.words[3:4] == ("of",):
        roles = (MAKERS,)  # 'who is the regisseur of Heat?'
    if not roles and (rest.has("makers") or owned or clause.words[0] == "by"):
        roles = (MAKERS,)
    if not roles or (clause.words[0] == "whose" and not owned):
        return None
    subject = with_unlinked_title(rest, subject_of(rest))
    if subject.points and not points(rest) and rest.has("judging"):
        return None  # 'who are some good directors' is of no item
    several = len(subject.titles) > 1 and roles == (("actor",),)
    if {"both", "common"} & set(rest.words) or several:
        return FactQuestion("shared", subject, roles)
    return FactQuestion("value", subject, roles) if subject.is_item else None


def _points_at_work(rest: Clause) -> bool:
    """Tell whether what somebody did is pointed at: 'whose SCORE IS THAT in Gattaca', 'whose work was it'."""
    being = (i for i in range(1, _NEAR) if rest.at("is", i))
    return any(rest.words[i + 1 : i + 2] in (("that",), ("it",), ("this",)) for i in being)


def character(clause: Clause) -> FactQuestion | None:
    """'who played the Joker?', 'who plays Rick in Casablanca?': no catalogue tells the parts of a cast."""
    rest = clause.since(clause.at("who"))
    if not clause.at("who") or rest.words[:1] not in _PLAYING:
        return None
    words_after = rest.words[1:]
    if (
        words_after in _SOMEBODY
        or not words_after
        or words_after[0] in ("in", "at", "on")
        or _PARTS & set(words_after[:2])
    ):
        return None
    inside = next((i for i in range(2, len(rest)) if rest.words[i] == "in"), len(rest))
    part, item = rest.since(1, inside), rest.since(inside + 1)
    if points(part) or (
        part.names("entity") and any(set(c.held_roles) - {"series"} for c in part.names("entity"))
    ):
        return None
    subject = subject_of(item) if len(item) else Subject(tuple(subject_of(part).titles))
    said = part.since(1) if part.words[0] in ("the", "a") and len(part) > 1 else part
    return FactQuestion("unknowable", subject, topic="unknowable characters", unused=(said.said(),))


def _inside_of(clause: Clause) -> Subject | None:
    """Return of what somebody is asked for who is in it: 'whos the girl in true romance'."""
    place = clause.at("who")
    place += bool(place) and bool(clause.at("is", place))
    if not place or clause.words[place : place + 1] not in (("the",), ("that",)):
        return None
    place += 1 + (
        clause.words[place + 1 : place + 2] != ()
        and clause.words[place + 1] in words("questions", "sorts of parts")
    )
    inside = clause.since(place + 2)
    seen = clause.words[place : place + 1] and clause.words[place] in words("questions", "seen in a cast")
    if seen and clause.words[place + 1 :] == ():
        return Subject(points=True)  # "who's the woman?" of what was told of
    if not seen or clause.words[place + 1 : place + 2] != ("in",) or not len(inside):
        return None
    subject = subject_of(inside)
    return subject if subject.titles or points(inside) else Subject(slot=inside.said())


def about(clause: Clause) -> FactQuestion | None:
    """'what is Heat about?', 'what happens in it?', 'what Heat is about'."""
    skipped = clause.at("what")
    rest = clause.since(skipped)
    if not skipped or not len(rest) or rest.words[0] == "about":
        return None
    if plot := clause.at("plot verbs"):
        rest = clause.since(plot)
    dealing = rest.at("yes or no") and any(rest.at("plot verbs at the end", i) for i in range(2, len(rest)))
    asks = plot or (dealing and bool(rest.names("title"))) or (rest.has("is") and "about" in rest.words[-2:])
    return FactQuestion("about", subject_of(rest)) if asks else None


def what(clause: Clause) -> FactQuestion | None:
    """'what genre is Heat?', 'which country is it from?', "what's its plot?"."""
    skipped = clause.at("what")
    rest = clause.since(skipped)
    if not skipped or not len(rest) or rest.words[0] == "about":
        return None
    subject = subject_of(rest)
    length, kind, roles = noun(rest, _noun_place(rest))
    helped = rest.at("yes or no", length) or rest.at("asking for oneself", length)
    if length and helped and rest.has("speakers"):
        subject = Subject(points=True)  # 'and what year do I put down?'
    odd = not length and not rest.names("category") and asks_of_name(rest)
    if odd and subject.titles and len(said := rest.roles()) == 1:
        return FactQuestion("value", subject, said)  # 'what shelf does it go on, genre-wise?'
    if not length or rest.names("category") or not subject.is_item:
        return _missing(rest)
    if kind == "value" and {"both", "common"} & set(rest.words):
        return FactQuestion("shared", subject, (roles,))
    return FactQuestion(kind, subject, (roles,) if roles else ())


def _noun_place(rest: Clause) -> int:
    """Return where the noun stands that is asked for: 'is the genre of', "s Heat s genre", 'main genre'."""
    place = 1 if rest.at("is") else 0
    if place and rest.words[place : place + 2] == ("", "s"):
        return place + 2
    while place < len(rest) and rest.words[place] in words("questions", "before a noun"):
        place += 1
    return place


def noun(clause: Clause, place: int) -> tuple[int, Kind, Roles]:
    """Return how many words of a noun for something of an item stand at a place, and what it asks for."""
    if place >= len(clause):
        return 0, "value", ()
    if length := clause.at("plot", place):
        return length, "about", ()
    if length := clause.at("year words", place):
        return length, "value", ("year",)
    length, roles = clause.roles_at(place)
    if length and not clause.is_verb(place):
        return length, "value", roles
    length = clause.at("kind words", place)
    return length, "value", ("genre",) if length else ()


def _missing(rest: Clause) -> FactQuestion | None:
    """'what has The Rock been in?': nobody here has that name."""
    named = [place for place, each in enumerate(rest.pieces) if not each.word]
    acting = len(named) == 1 and rest.at("worked on", named[0] + 1) and rest.at("yes or no", named[0] - 1)
    if acting and rest.names("title"):
        return FactQuestion("missing", Subject(slot=rest.pieces[named[0]].chunk.text))
    known = rest.names("title", "category") or [c for c in rest.names("entity") if c.choices]
    unlinked = [c for c in rest.names("entity") if not c.choices]
    asks = rest.at("yes or no") or rest.words[0] in MANY_NOUNS
    if known or not unlinked or not asks:
        return None
    return FactQuestion("missing", Subject(slot=unlinked[0].text))


def when(clause: Clause) -> FactQuestion | None:
    """'when did it come out?'; not 'when I was young'."""
    if (told := of_column(clause)) is not None:
        return told
    if clause.words[:1] != ("when",) or set(clause.words) & words("questions", "speakers"):
        return None
    subject = subject_of(clause.since(1))
    asks = clause.led or len(clause) == 1 or clause.at("yes or no", 1) or clause.at("is", 1)
    definite = clause.words[2:3] not in (("a",), ("an",))
    dated = asks and definite and subject.is_item and (subject.titles or not subject.people)
    return FactQuestion("value", subject, (("year",),)) if dated else None


def needed(clause: Clause) -> FactQuestion | None:
    """'I need the release date of Amélie for a quiz', 'looking for the author of Emma'."""
    clause = clause.since(clause.at("asking a favour"))
    place = clause.at("needing")
    if not place or clause.words[place : place + 1] not in _ARTICLES:
        return None
    rest = clause.since(place + 1)
    length, kind, roles = noun(rest, 0)
    if not length or rest.words[length : length + 1] not in (("of",), ("for",), ("to",)):
        return None
    of_title = rest.since(length + 1)
    end = next((i for i in range(1, len(of_title)) if of_title.words[i] == "for"), len(of_title))
    of_title = of_title.since(0, end)
    return (
        FactQuestion(kind, subject_of(of_title), (roles,) if roles else ()) if is_one_item(of_title) else None
    )


def where(clause: Clause) -> FactQuestion | None:
    """'where is it from?'."""
    if (told := of_column(clause)) is not None:
        return told
    if clause.words[:1] != ("where",):
        return None
    subject = subject_of(clause.since(1))
    if "from" in clause.words and subject.people and not subject.titles:
        return _of_life("from", subject)
    speaks = set(clause.words) & words("questions", "speakers")
    asks = not speaks and {"from", "made", "produced"} & set(clause.words)
    return FactQuestion("value", subject, (("country",),)) if asks and subject.is_item else None


def how(clause: Clause) -> FactQuestion | None:
    """'how old is it?', 'how many films has Hitchcock directed?', 'how scary is it?'."""
    if clause.words[:1] != ("how",) or len(clause) < 2:
        return None
    word, rest = clause.words[1], clause.since(2)
    if word == "often" or rest.words[:1] == ("times",):
        titles = Subject(subject_of(rest).titles)
        return FactQuestion("unknowable", titles, topic="unknowable setting", unused=(f"how {word}",))
    if word == "many":
        return _counted(rest)
    subject = subject_of(rest)
    if word == "old" and {"you", "kids", "children", "kid", "child", "one"} & set(rest.words):
        return FactQuestion("unknowable", subject, topic="unknowable suitability", unused=("how old",))
    if word in ("old", "new", "recent"):
        if subject.people and (not subject.titles or rest.pieces[1].chunk.kind != "title"):
            return _of_life(word, subject)
        return FactQuestion("value", subject, (("year",),)) if subject.is_item else None
    kind = not word and clause.pieces[1].chunk.kind == "category"
    judged = clause.at("judging", 1) or clause.at("is", 1) or kind
    return FactQuestion("opinion", subject) if judged and (subject.titles or subject.points) else None


def _of_life(word: str, subject: Subject) -> FactQuestion:
    """Return a question about somebody's life, of which no catalogue tells anything."""
    return FactQuestion("unknowable", subject, topic="unknowable people", unused=(word,))


def _counted(rest: Clause) -> FactQuestion | None:
    """'films has Hitchcock directed', 'actors are in it', 'westerns do you have'."""
    while rest.words[:1] in _OF_THEM:
        rest = rest.since(1)  # 'how many of those books are there'
    if set(rest.words[:2]) & MANY_NOUNS or (len(rest) and rest.pieces[0].chunk.kind == "category"):
        titles = Subject(subject_of(rest).titles)
        return FactQuestion("count", titles)
    roles, subject = rest.roles(), subject_of(rest)
    return FactQuestion("count", subject, roles) if roles and (subject.titles or subject.points) else None


def _may_be_owned(clause: Clause) -> bool:
    """Tell whether a noun after a title is asked for: 'Jaws director?', and without a mark 'Jaws genre'."""
    length, kind, roles = noun(clause, 1)
    of_item = kind == "about" or roles in (("year",), ("genre",), ("actor",))
    return clause.asked or (bool(length) and of_item and len(clause) == 1 + length)


def fragment(clause: Clause) -> FactQuestion | None:
    """'director of Heat?', "Heat's genre?", 'the author?'."""
    if clause.names("entity", "category") or not (clause.first or clause.led):
        return None
    owned = clause.words[:2] == ("", "s")
    if not owned and clause.names("title") and not clause.words[0] and _may_be_owned(clause):
        clause, owned = clause.with_possessive(), True  # 'Jaws director?'
    place = 2 if owned else int(clause.words[:1] in (("the",), ("its",), ("his",), ("her",)))
    length, kind, roles = noun(clause, place)
    rest = clause.since(place + length)
    if not length:
        return None
    led = rest.words[:1] and rest.words[0] in ("of", "for", "in", "to", "from")
    named = led and not owned and is_one_item(rest.since(1))
    bare = not len(rest) and (owned or clause.asked or clause.led)
    subject = subject_of(clause.since(0, 1) if owned else rest.since(1))
    return FactQuestion(kind, subject, (roles,) if roles else ()) if named or bare else None
