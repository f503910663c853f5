"""A trigger's titles: right after it, before it, or those that an object word points to.

Functions take the trigger's position and return positions, () if there are none.
"""

from __future__ import annotations

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.cursor import ChunkCursor

_ANY = frozenset("more else anything something one nothing none nobody".split())
_TO_TITLE = words("arguments", "to title")
_SAID_OF_TITLE = words("arguments", "said of title")
_OF_TITLE = words("arguments", "of title")
_OPENS = words("arguments", "opens")
_INSTALMENT = words("arguments", "instalment")
_SHARES = words("arguments", "shares")
_WISHED = frozenset("something anything one ones more another else others".split())
_LED = 5  # chunks from a role to what leads to it, and to what is wanted
_THAT_ONE = [[word] for word in ("one", "too", "film", "movie", "book", "novel")]


def titles_right(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles right after a trigger: 'director of X and Y', 'score for X', 'directed X'."""
    for j in cursor.rightward(i, 8):
        chunk = cursor.chunks[j]
        if chunk.kind == "title":
            return cursor.list_right(j, "title")
        if chunk.kind == "mark" and chunk.text in ":(":
            continue
        if chunk.kind == "trigger" and chunk.roles == cursor.chunks[i].roles:
            continue  # 'the composer who scored X'
        if chunk.kind == "word" and (chunk.text in _TO_TITLE or chunk.text in PERSON_NOUNS):
            continue
        if _is_praise(cursor, j) or _is_owner_of_title(cursor, j):
            continue
        return ()
    return ()


def _is_owner_of_title(cursor: ChunkCursor, j: int) -> bool:
    """Tell whether a name or its 's' only says whose title follows: "who did Morrison's Beloved"."""
    s = j + (cursor.kind(j) == "entity")
    return cursor.is_word(s, ("s",)) and cursor.kind(s + 1) == "title"


def _is_praise(cursor: ChunkCursor, j: int) -> bool:
    """Tell whether a word only describes the title after it: 'gave us the exquisite X'."""
    return (
        cursor.kind(j) == "word"
        and cursor.is_word(j - 1, ("the", "that", "his", "her", "this", "my", "our"))
        and cursor.kind(j + 1) == "title"
    )


def titles_after(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles after a preposition: 'in X', 'behind both X and Y'."""
    for j in cursor.rightward(i, 3):
        if cursor.chunks[j].kind == "title":
            return cursor.list_right(j, "title")
        if not cursor.is_word(j, ("both", "the", "film", "movie")):
            return ()
    return ()


def titles_left(cursor: ChunkCursor, i: int, subject: int) -> tuple[int, ...]:
    """Return titles before 'which X shot', 'another one she directed', 'is the best thing X directed'.

    Or those that an object word points to: 'whoever directed it', 'X directed that one too'.
    """
    pointing = _points_back(cursor, i, subject)
    for j in cursor.leftward(subject, subject):
        if cursor.chunks[j].sentence < cursor.chunks[i].sentence - 1:
            break
        if cursor.chunks[j].kind == "title":
            described = _is_described(cursor, j, subject) and cursor.same_sentence(j, i)
            relative = _opens_relative_clause(cursor, subject, same_sentence=cursor.same_sentence(j, i))
            return cursor.list_left(j, "title") if pointing or relative or described else ()
        if cursor.chunks[j].kind in ("entity", "category") and not pointing:
            break
    return ()


def _points_back(cursor: ChunkCursor, i: int, subject: int) -> bool:
    """Tell whether the object of a verb is a pronoun for titles: 'directed it', 'directed that one too'."""
    after = [a.text for a in cursor.chunks[i + 1 : i + 7] if a.sentence == cursor.chunks[i].sentence]
    return (
        bool({"it", "both"} & set(after[:2]))
        or ("them" in after[:2] and _several_before(cursor, subject))
        or after[2:5] == ["out", "of", "it"]
        or (after[:1] == ["that"] and after[1:2] in ([], *_THAT_ONE))
    )


def _opens_relative_clause(cursor: ChunkCursor, subject: int, *, same_sentence: bool) -> bool:
    """Tell whether a subject opens a clause on the title before: 'which X shot', 'another one X did'."""
    before = [a.text for a in cursor.before(subject, 3) if a.kind == "word"]
    led = cursor.kind(subject - 1) == "title" and cursor.is_word(subject - 2, ("in", "on", "for", "with"))
    relative = led or before[-1:] == ["which"] or before[-2:] == ["that", "one"]
    return ("another" in before or relative) and same_sentence


def _is_described(cursor: ChunkCursor, title: int, subject: int) -> bool:
    """Tell whether a noun for items describes a title: 'T is the best thing X directed'."""
    between = cursor.chunks[title + 1 : subject]
    noun = any(a.text in ITEM_NOUNS for a in between)
    linked = any(a.text in _OF_TITLE for a in between[:2])
    return linked and noun and all(a.kind == "word" for a in between)


def _several_before(cursor: ChunkCursor, j: int) -> bool:
    """Tell whether 'them' means titles: several were named, and nothing else stands for several items."""
    here = [a for a in cursor.chunks[:j] if a.sentence == cursor.chunks[j].sentence]
    wanted = any(a.text in ("books", "films", "movies", "novels", "others") for a in here)
    return not wanted and len(cursor.title_run(j)) > 1


def nearest_titles_left(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles that end a few chunks before a position."""
    for j in cursor.leftward(i, 7):
        if cursor.chunks[j].kind == "title":
            return cursor.list_left(j, "title")
    return ()


def _titles_ending_before(cursor: ChunkCursor, j: int) -> tuple[int, ...]:
    """Return the titles that end right before `j`, past a year in brackets."""
    k = j - 1
    while (
        cursor.is_mark(k, "(),")
        or cursor.is_word(k, ("is", "was", "both", "a", "one", "the", "first", "second", "third", "book"))
        or (cursor.kind(k) == "word" and cursor.chunks[k].text.isdecimal())
    ):
        k -= 1
    return cursor.list_left(k, "title") if cursor.kind(k) == "title" else ()


def tells_whose(cursor: ChunkCursor, title: int) -> bool:
    """Tell whether a title only tells whose items are wanted: 'something BY THE DIRECTOR OF X with N'."""
    k = cursor.list_left(title, "title")[0] - 1
    while cursor.is_word(k, ("the", "film", "movie", "book", "novel")):
        k -= 1
    role = k - cursor.is_word(k, ("of", "behind"))
    if cursor.kind(role) != "trigger" or (role == k and cursor.trigger_class(role) != "verb"):
        return False
    led = [j for j in cursor.leftward(role, _LED) if cursor.is_word(j, ("by", "from", "with"))]
    before = cursor.chunks[max(0, led[0] - _LED) : led[0]] if led else []
    return any(a.kind == "category" or a.text in ITEM_NOUNS | _WISHED for a in before)


def owning_titles(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles right before a trigger: "X's cinematographer", 'the X music'."""
    if cursor.is_word(i - 1, ("s",)) or cursor.is_mark(i - 1, ")"):
        return _titles_ending_before(cursor, i - 1 + cursor.is_mark(i - 1, ")"))
    return cursor.list_left(i - 1, "title") if cursor.kind(i - 1) == "title" else ()


def passive_titles(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles before a passive verb: 'X was directed by', 'X (directed by'.

    'further books by the author of X, published by', 'works of X which were published by' speak of the
    books.
    """
    j = i - 1
    while cursor.is_word(j, _SAID_OF_TITLE) or cursor.is_mark(j, ",("):
        j -= 1
    if cursor.kind(j) != "title":
        return ()
    said = [a.text for a in cursor.chunks[j + 1 : i] if a.kind == "word"]
    run = cursor.list_left(j, "title")
    many = len(run) == 1 and ("were" in said or "are" in said)
    return () if many or (not said and tells_whose(cursor, run[0])) else run


def compared_titles(cursor: ChunkCursor, by: int) -> tuple[int, ...]:
    """Return the titles of 'shot by the same person as X'."""
    after = (j for j in cursor.rightward(by, 4) if cursor.is_word(j, ("as",)))
    return next((titles_after(cursor, j) for j in after), ())


def having_titles(cursor: ChunkCursor, name: int) -> tuple[int, ...]:
    """Return the titles of 'X and Y had N in the cast', 'X, where N has a part'."""
    j = name - 1
    if cursor.is_word(j, ("where",)):
        j -= cursor.is_mark(j - 1, ",")
    elif not cursor.is_word(j, ("had", "has", "have")):
        return ()
    return cursor.list_left(j - 1, "title") if cursor.kind(j - 1) == "title" else ()


def praised_titles(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles of statements like 'T is such a lovely script by X'.

    Also 'T has gorgeous X photography', 'T, where X's score'.
    """
    for j in cursor.leftward(i, 9):
        if cursor.kind(j) == "title":
            return cursor.list_left(j, "title") if cursor.near(j + 1, j + 4, _OF_TITLE) else ()
        if cursor.kind(j) in ("entity", "trigger") or not cursor.same_sentence(j, i):
            return ()
    return ()


def sharing_titles(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles of 'X and Y share an actor', 'X belongs to a series'."""
    for j in cursor.leftward(i, 4):
        opens = cursor.is_word(j, _OPENS) and cursor.is_word(j + 1, ("of",))
        if opens or cursor.is_word(j, _SHARES):
            return _titles_ending_before(cursor, j)
    return ()


def is_part(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a trigger says what the last title belongs to: 'It is part of a series'."""
    before = [a.text for a in cursor.before(i, 6) if a.sentence == cursor.chunks[i].sentence]
    return "it" in before and bool({"part", "belongs", "starts", "opens"} & set(before))


def instalment_title(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the title that 'T, a volume of the' speaks of; `i` is where the name follows."""
    words = [a.text for a in cursor.before(i, 6) if a.kind == "word"]
    for j in cursor.leftward(i, 8):
        if cursor.kind(j) == "title":
            return (j,) if _INSTALMENT & set(words) and {"of", "in", "from"} & set(words[-3:]) else ()
        if cursor.kind(j) in ("entity", "trigger") or cursor.chunks[j].text == ".":
            return ()
    return ()


def titles_before_by(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles that 'X by NAME' speaks of; 'more films by NAME' speaks of none."""
    if cursor.kind(i - 1) == "title":
        return cursor.list_left(i - 1, "title")
    if cursor.is_word(i - 1, ("but", "only", "just")):
        return ()  # "like Dune, only by X"
    if cursor.is_word(i - 1, ITEM_NOUNS | _ANY):
        return ()
    for j in cursor.leftward(i, 7):
        if cursor.kind(j) == "title":
            return cursor.list_left(j, "title")
        other_mark = cursor.kind(j) == "mark" and not cursor.is_mark(j, ",")
        if other_mark or cursor.kind(j) in ("entity", "trigger"):
            return ()
    return ()
