"""Splitting a message into clauses, without the words that only lead up to a question or trail after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.builtin.interpret.questions.clauses import Clause, Piece, is_head, is_task, may_be_head
from agent.builtin.interpret.questions.edges import BEFORE_ASKING, fronted, without_lead, without_tail
from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.ordinals import NOUNS_OF_SHOWN, positions
from kg.text import fold, tokens

WISHES = tuple(tuple(said.split()) for said in tables("questions")["wishes for items"])
_KEPT = 8  # messages; one is looked through for questions more than once
_SPOKEN = {said: word for word, each in groups("questions", "typed").items() for said in each}
_GLUED = words("questions", "glued")  # 'whats': read like "what's"
_FUZZY = ("spelling", "short", "surname")
_AUXILIARY = words("questions", "yes or no")
_TAGS = (("is", "it"), ("isnt", "it"), ("was", "it"), ("wasnt", "it"))
_POINTED = (("this", "one"), ("that", "one"), ("it", "s"), ("it", "is"), ("that", "s"), ("this", "is"))
_ONE = frozenset(("it", "that", "one"))
_FEW = 4  # words that only count an item
_MARKS = 3  # characters that may end a sentence, behind its last word
_HEADS = words("questions", "who") | words("questions", "what") | _AUXILIARY
_PARTING = frozenset(",;:()-/")
_STANDING = words("questions", "item nouns") | {"films"}  # for the cinema of a country, the kind of a title
_NAMED = frozenset(("title", "entity", "category"))


def clauses(chunks: Sequence[Chunk], text: str) -> Sequence[Clause]:
    """Return the clauses of a message: one a sentence, from its head on, and what parted it before that."""
    return _clauses(Same(chunks), text)


@lru_cache(maxsize=_KEPT)
def _clauses(message: Same, text: str) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for sentence in _sentences(message.value):
        end = next((c.end for c in reversed(sentence) if c.kind != "mark"), 0)
        asked = "?" in text[end : end + _MARKS]
        parts = [_pointing(list(_pieces(part, text))) for part in _parts(sentence)]
        short = _without_tag(parts[0]) if asked and len(parts) == 1 else None
        while len(parts) > 1 and _is_trailing(Clause(text, tuple(parts[-1]))):
            parts.pop()
        if found and len(parts) == 1 and is_tag(Clause(text, tuple(parts[0]))):
            found[-1] = replace(found[-1], tagged=True, remark=False)  # 'Heat is a western. Is that right?'
            continue
        tagged = len(parts) > 1 and is_tag(Clause(text, tuple(parts[-1])))
        parts = parts[:-1] if tagged else [short] if short else parts
        found += _clauses_of(parts, text, asked=asked, tagged=tagged or short is not None)
    found = [part for clause in found for each in _run_on(clause) for part in _parted(each)]
    return (replace(found[0], alone=True),) if len(found) == 1 else tuple(found)


def _run_on(clause: Clause) -> Iterator[Clause]:
    """Yield what a clause names and what it then asks of that: 'I finished Emma what comes next'."""
    if clause.remark or clause.led or clause.tagged or not _names(clause) or is_head(clause):
        yield clause
        return
    named = False
    for place in range(1, len(clause) - 1):
        said = clause.since(place - 1, place)
        if said.names("category"):
            break
        named = named or _names(said)
        led = without_lead(clause.since(place)) if named else said
        if not named or not may_be_head(led):
            continue
        rest = without_tail(led)
        back = is_asking_back(rest) and (rest.words[0] not in _AUXILIARY or not clause.words[place - 1])
        if back or _asks_of_several(clause.pieces[:place], rest):
            yield replace(clause.since(0, place), remark=True)
            yield replace(rest, first=True)
            return
    yield clause


def _parted(clause: Clause) -> Iterator[Clause]:
    """Yield two questions that are joined, or one and a wish: 'who wrote it and when did it come out?'."""
    joints = [i for i in range(1, len(clause) - 1) if clause.words[i] in ("and", "but")]
    if not joints or clause.remark or not (clause.led or is_head(clause)):
        yield clause
        return
    for i in joints:
        after = i + 1 + clause.at("behind a joint", i + 1)
        if after >= len(clause):
            continue
        wished = any(clause.words[after : after + len(said)] == said for said in WISHES)
        if wished or _is_joined(clause.since(after)):
            yield clause.since(0, i)
            yield from _parted(without_lead(clause.since(after)))
            return
    yield clause


def _asks_anew(part: Sequence[Piece], before: Clause, text: str) -> bool:
    """Tell whether a part after a comma is another question: "what's it about, *is it sad*?"."""
    clause = Clause(text, tuple(part))
    clause = clause.since(1) if clause.words[:1] in (("and",), ("but",)) else clause
    relative = clause.words[:1] and clause.words[0] in words("questions", "relative") and not before.words[-1]
    return bool(len(clause)) and not relative and _is_joined(clause) and len(clause) > clause.at("what")


def _is_joined(rest: Clause) -> bool:
    """Tell whether a question begins after 'and': 'who wrote it', 'is it any good'."""
    pronoun = rest.words[1:2] and rest.words[1] in ("it", "he", "she", "they", "that", "this")
    if is_tag(rest):
        return False  # 'Heat is a western, is it not?'
    asking = rest.words[0] in words("questions", "adverbs of asking") or rest.at("in which order")
    asking = asking or (rest.words[0] in BEFORE_ASKING and bool(rest.at("what", 1)))  # 'from which country'
    oneself = rest.at("asking for oneself") and rest.words[1:2] in (("i",), ("we",))  # 'should I be scared?'
    pointing = words("questions", "pointing") | words("questions", "several")
    named = rest.words[1:2] == ("",) and bool(pointing & set(rest.words[2:]))
    whoever = rest.words[1:3] == ("the", "same")  # 'did THE SAME man direct both'
    back = rest.at("yes or no") and (pronoun or named or whoever)  # 'is N in it', 'did N direct it too'
    return bool(asking or oneself or rest.at("who") or rest.at("what") or back)


def is_tag(clause: Clause) -> bool:
    """Tell whether a clause only asks whether what was said is so: "right?", "wasn't it?"."""
    bare = clause.since(1) if clause.words[:1] in (("and",), ("or",)) else clause
    return 0 < bare.at("tags") == len(bare)


def _without_tag(part: list[Piece]) -> list[Piece] | None:
    """Return what is said of an item without what asks whether it is so: 'this one's animated IS IT'."""
    said = tuple(piece.word for piece in part)
    pointed = said[:2] in _POINTED or said[:1] in (("its",), ("thats",), ("",))
    return part[:-2] if pointed and said[-2:] in _TAGS and len(said) > _FEW else None


def _is_trailing(clause: Clause) -> bool:
    return 0 < clause.at("trailing") == len(clause)


def _clauses_of(
    parts: Sequence[Sequence[Piece]], text: str, *, asked: bool, tagged: bool
) -> Iterator[Clause]:
    """Yield what is said before the head of a sentence, and what is said from it on."""
    clause = Clause(text, ())
    for number, part in enumerate(parts):
        clause = without_lead(Clause(text, tuple(part)))
        if asked and len(parts) == 1 and not is_head(clause):
            clause = fronted(without_tail(clause))
        if clause.at("again of another") > 1 and number < len(parts) - 1:
            # 'what about the first one, who is in it?'
            yield Clause(text, clause.pieces, clause.led, first=number == 0, remark=True)
            continue
        headed = clause.led or is_head(clause)
        opened = headed and all(not len(without_lead(Clause(text, tuple(each)))) for each in parts[:number])
        if headed and (opened or not _continues(parts, number, clause, asked=asked)):
            others = parts[number + 1 :]
            end = next((i for i, other in enumerate(others) if _asks_anew(other, clause, text)), len(others))
            rest = tuple(piece for other in others[:end] for piece in other)
            whole = without_tail(replace(clause, pieces=clause.pieces + rest))
            yield replace(whole, asked=asked, tagged=tagged, first=opened)
            if end < len(others):
                yield from _clauses_of(others[end:], text, asked=asked, tagged=tagged)
            return
        if number < len(parts) - 1 and len(clause):
            yield Clause(text, clause.pieces, clause.led, first=number == 0, remark=True)
    if len(clause):
        told = len(parts) > 1 and not (asked or tagged)
        first = all(_is_counted(part) for part in parts[:-1])  # 'the second one, year?'
        yield Clause(text, clause.pieces, clause.led, asked, tagged, first, told)


def _names(clause: Clause) -> bool:
    return bool(clause.names("title") or words("questions", "item nouns").intersection(clause.words))


def is_asking_back(clause: Clause) -> bool:
    """Tell whether a clause asks something of what was named before it: 'who wrote it', 'what comes next'."""
    if not is_head(clause) or (clause.has("lists") and not clause.has("following", "preceding")):
        return False
    pronouns, then = words("questions", "pointing back"), clause.words[1:2]
    if clause.words[0] in words("questions", "adverbs of asking") and not clause.at("yes or no", 1):
        return clause.words[0] == "how"  # 'in 1994, when he was young'
    if clause.words[0] in words("questions", "relative") and pronouns & set(then):
        return False  # 'Heat, which he directed'
    back = bool(pronouns & set(clause.words[1:]))
    return back or bool(clause.at("what") and clause.has("following", "preceding"))


def _continues(parts: Sequence[Sequence[Piece]], number: int, clause: Clause, *, asked: bool) -> bool:
    """Tell whether a part only says more of what is before it: 'Alien, which Cameron directed, …'."""
    if number and _asks_of_several(parts[number - 1], clause):
        return False
    relative = bool(number) and clause.words[0] in words("questions", "relative") and not clause.led
    after_name = relative and not parts[number - 1][-1].word
    if after_name and asked and (clause.at("orders of reading") or _asks_of_title(parts[number - 1], clause)):
        return False
    if number and not asked and clause.words[0] in words("questions", "doing verbs"):
        return True  # 'did Stargate last night' tells
    pointing = _ONE & set(clause.words[1:]) or (number and _is_counted(parts[number - 1]))
    return relative and ((after_name and number < len(parts) - 1) or not (asked or pointing))


def _asks_of_title(before: Sequence[Piece], clause: Clause) -> bool:
    """Tell whether a title that stands alone is asked of: 'Heat: WHO WROTE IT, and when?'."""
    alone = len(before) == 1 and before[0].chunk.kind == "title"
    return alone and clause.words[0] == "who" and bool(_ONE & set(clause.words[1:]))


def _asks_of_several(before: Sequence[Piece], clause: Clause) -> bool:
    """Tell whether it is asked of titles alone which of them came first: 'Alien or Heat, WHICH IS OLDER'."""
    named = [each.word for each in before if each.chunk.kind != "title"]
    alone = len(before) - len(named) > 1 and set(named) <= words("questions", "joining titles")
    return alone and bool(clause.at("what")) and clause.has("orders of time")


def _is_counted(part: Sequence[Chunk] | Sequence[Piece]) -> bool:
    """Tell whether a part only counts one of those shown: 'NUMBER 3, who is in it'."""
    said = [each.word if isinstance(each, Piece) else each.text for each in part]
    return len(said) <= _FEW and bool(positions(said, 1))


def _sentences(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Yield the chunks of every sentence."""
    sentences: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        sentences.setdefault(chunk.sentence, []).append(chunk)
    for sentence in sentences.values():
        if any(chunk.kind != "mark" for chunk in sentence):
            yield sentence


def _parts(sentence: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return a sentence in parts, as commas and the like part it."""
    parts: list[list[Chunk]] = [[]]
    for chunk in sentence:
        if chunk.kind != "mark":
            parts[-1].append(chunk)
        elif chunk.text in _PARTING and parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _pieces(chunks: Sequence[Chunk], text: str) -> Iterator[Piece]:
    """Yield the words and names of some chunks; a name that takes in the head of a question is words."""
    before = ""
    for chunk in chunks:
        before, last = chunk.text.casefold(), before
        task = last == "the" and chunk.kind == "category" and is_task(before)  # 'who did *the music*'
        if chunk.kind in _NAMED and not _takes_in_head(chunk) and not task:
            yield Piece("", chunk.start, chunk.end, chunk)
            continue
        if chunk.kind == "word" and chunk.text in _STANDING and " " not in chunk.text:
            yield Piece(chunk.text, chunk.start, chunk.end, chunk)
            continue
        for token in tokens(text[chunk.start : chunk.end]):
            word, start, end = fold(token.raw), chunk.start + token.start, chunk.start + token.end
            if word in _GLUED:
                yield Piece(word[:-1], start, end - 1, chunk)
                word, start = "s", end - 1
            yield Piece(_SPOKEN.get(word, word), start, end, chunk)


def _pointing(pieces: list[Piece]) -> list[Piece]:
    """Return pieces in which what was shown is called 'one': 'your top *suggestion*', 'the third *pick*'."""
    for i, piece in enumerate(pieces):
        if piece.word not in NOUNS_OF_SHOWN:
            continue
        before = [each.word for each in pieces[max(0, i - 3) : i]]
        if positions([*before, "one"], 1):
            pieces[i] = replace(piece, word="one")
    return pieces


def _takes_in_head(chunk: Chunk) -> bool:
    """Tell whether a name is read into the head of a question: "what's Heat" is not White Heat."""
    if chunk.choices and chunk.choices[0].match not in _FUZZY:
        return False
    said = [fold(token.raw) for token in tokens(chunk.text)]
    return len(said) > 1 and said[0] in _HEADS
