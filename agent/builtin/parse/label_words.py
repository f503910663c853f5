"""Words within labels: 'diesel' of 'diesel, 20 hp' and 'Volvo diesel' means every label that has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import WITHIN, Candidate, Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import nouns_of, singulars
from kg.text import NUMBER_WORDS, fold, tokens
from tools.english import common_words, is_everyday

Words = tuple[str, ...]
_JOINTS = frozenset(("and", "or", ",", "/"))
_PAIR = 2  # words
_LONG = 4  # letters of a word that names what things are
_LONGEST = 5  # words of a label that are said in a row


def with_label_words(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read what is only a part of labels as every label that has it."""
    if not vocabulary.label_words:
        return list(chunks)
    chunks = _without_measures(_without_slips(chunks, vocabulary), vocabulary)
    out: list[Chunk] = []
    i = 0
    while i < len(chunks):
        length, choices = _said_at(chunks, i, vocabulary)
        run = chunks[i : i + max(length, 1)]
        out.append(_named(run, choices) if choices else run[0])
        i += len(run)
    return _without_heads(out, vocabulary)


def _without_slips(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Take apart what was taken for a misspelt label and has a label in it: 'ROOT vegetables' is no fruit."""
    out: list[Chunk] = []
    for chunk in chunks:
        said = chunk.text.split()
        slip = chunk.kind == "entity" and chunk.choices and all(e.match == "spelling" for e in chunk.choices)
        meant = vocabulary.label_forms.get(fold(said[0]), ()) if slip and len(said) == _PAIR else ()
        if not meant or chunk.end - chunk.start != len(chunk.text):
            out.append(chunk)
            continue
        middle = chunk.start + len(said[0])
        rest = replace(chunk, kind="word", text=fold(said[1]), start=middle + 1, choices=(), entries=())
        out += [replace(chunk, text=said[0], end=middle, choices=meant), rest]
    return out


def _without_measures(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read as words what begins a label and speaks of a measure: a CHEAP one is not 'cheap to run'."""
    out = list(chunks)
    for i, chunk in enumerate(chunks):
        part = chunk.kind == "entity" and chunk.choices and all(e.match == "short" for e in chunk.choices)
        alone = part and len(_words(chunk.text)) == 1 and chunk.text.isalpha()
        word = replace(chunk, kind="word", text=fold(chunk.text), choices=(), entries=())
        if alone and (word.text in ("year", "years") or _is_measured([word], vocabulary)):
            out[i] = word
    return out


def _without_heads(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Leave out a word of other labels that only says what a label is: 'root VEGETABLES'."""
    out = list(chunks)
    for i, (one, other) in enumerate(pairwise(chunks)):
        beside = other.start - one.end == 1 and one.kind == other.kind == "entity"
        whole = bool(one.choices) and all(each.match in ("full", "alias") for each in one.choices)
        within = bool(other.choices) and all(each.match == WITHIN for each in other.choices)
        roles = one.held_roles & other.held_roles
        if not (beside and whole and within and roles) or roles & vocabulary.measures.lists:
            continue
        both = (*_words(one.text), *_words(other.text))
        if not any(_has(label, both) for role in roles for label in vocabulary.label_words.get(role, ())):
            out[i + 1] = replace(other, kind="word", text="items", choices=(), entries=())
    return out


def with_alike_labels(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read a label as a word within labels where another word of them is said: 'WHITE with bands'."""
    lists = vocabulary.measures.lists
    told = {
        role for chunk in chunks for each in chunk.choices if each.match == WITHIN for role in each.roles
    } - lists
    out = list(chunks)
    for i, chunk in enumerate(chunks) if told else ():
        whole = len(chunk.choices) == 1 and chunk.choices[0].match in ("full", "alias")
        alternative = "or" in (chunk.text for chunk in chunks[max(0, i - 1) : i + 2])
        if whole and chunk.held_roles <= told and not alternative:
            out[i] = replace(
                chunk, choices=_within(_words(chunk.choices[0].label), vocabulary, chunk.held_roles)
            )
    return out


def with_shared_lists(chunks: Sequence[Chunk], measures: Measures) -> list[Chunk]:
    """Read labels that are joined as of what has both: 'both BERGEN AND GEIRANGER', 'LEMON OR ALMOND'.

    What 'and' joins can only be of a list.
    """
    out = list(chunks)
    named = [i for i, chunk in enumerate(chunks) if chunk.kind == "entity" and chunk.choices]
    for one, other in pairwise(named):
        joints = {chunk.text for chunk in chunks[one + 1 : other]}
        both = out[one].held_roles & out[other].held_roles
        shared = both & measures.lists if joints == {"and"} else both
        joined = measures.own and bool(joints) and joints <= _JOINTS
        if joined and len(shared) == 1:
            for i in (one, other):
                out[i] = replace(out[i], choices=_of_role(out[i].choices, next(iter(shared))))
    return out


def _of_role(choices: Sequence[Candidate], role: str) -> tuple[Candidate, ...]:
    return tuple(replace(each, roles={role: each.roles[role]}) for each in choices if role in each.roles)


def _named(run: Sequence[Chunk], choices: tuple[Candidate, ...]) -> Chunk:
    text = " ".join(chunk.text for chunk in run)
    return replace(run[0], kind="entity", text=text, end=run[-1].end, choices=choices, entries=())


def _said_at(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> tuple[int, tuple[Candidate, ...]]:
    """Return how many chunks are words of labels, and what these may mean."""
    chunk = chunks[i]
    run = _run_at(chunks, i, vocabulary)
    if run[0]:
        return run
    if chunk.kind == "entity" and chunk.choices:
        held = chunk.held_roles
        part = all(each.match not in ("full", "alias") for each in chunk.choices)
        if part:
            return 1, _within(_words(chunk.text), vocabulary, held)
        return (1, _with_kinds(chunk, vocabulary)) if is_negated(chunks, i) else (0, ())
    if chunk.kind == "word" and (found := _head(chunk, vocabulary)):
        return 1, found
    return 0, ()


def _with_kinds(chunk: Chunk, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return what is ruled out with a label: every other one that has it, 'reserved till May' of reserved."""
    found = []
    for each in chunk.choices:
        said, roles = _words(each.label), frozenset(each.roles)
        kinds = [k for k in _within(said, vocabulary, roles) if len(roles) == 1 and len(chunk.choices) == 1]
        several = any(
            sum(_has(label, said) for label in vocabulary.label_words[role]) > 1
            for k in kinds
            for role in k.roles
        )
        found += kinds if several and len(said[0]) > 1 else [each]
    return tuple(found)


def _head(chunk: Chunk, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the labels of one relation that end in a word: 'SOFA' of 'two seater sofa' and 'corner sofa'."""
    said = _words(chunk.text)
    if (
        len(said) != 1
        or len(said[0]) < _LONG
        or said[0] in _closed() | {"year", "years"}
        or _is_measured([chunk], vocabulary)
    ):
        return ()
    found = _within(said, vocabulary)
    if len(found) != 1:
        return ()
    role, form = next(iter(found[0].roles)), tuple(found[0].label.split())
    ends = sum(label[-1:] == form and len(label) > 1 for label in vocabulary.label_words[role])
    made = form[0] in nouns_of(said[0])  # 'AFRICAN' of West Africa
    name = ends > 0 and (made or not is_everyday(said[0]))  # 'YORKSHIRE' of North Yorkshire
    return found if ends > 1 or name else ()


@cache
def _closed() -> frozenset[str]:
    every = (word for name in ("function", "asking") for part in tables(name).values() for word in part)
    return frozenset(every) | words("measures", "joining") | words("measures", "flag endings")


def _is_plain(chunk: Chunk) -> bool:
    """Tell whether a chunk may be one word of a label: it names nothing as a whole."""
    part = all(each.match not in ("full", "alias", "prefix") for each in chunk.choices)
    return (chunk.kind == "word" and chunk.text[:1].isalnum()) or (chunk.kind == "entity" and part)


def _is_measured(run: Sequence[Chunk], vocabulary: Vocabulary) -> bool:
    """Tell whether words speak of a measure: 'lowest price' is no part of a label."""
    said = [chunk.text for chunk in run]
    return any(vocabulary.measures.said_at(said, i)[0] for i in range(len(said)))


def _run_at(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> tuple[int, tuple[Candidate, ...]]:
    """Return how many chunks in a row are words of labels of one relation, and what these mean."""
    for length in range(min(_LONGEST, len(chunks) - i), 1, -1):
        run = chunks[i : i + length]
        if all(_is_plain(each) for each in run) and not _is_measured(run, vocabulary):
            said = tuple(NUMBER_WORDS.get(word, word) for each in run for word in _words(each.text))
            found = _within(said, vocabulary)
            if len(found) == 1 and (_tells(said) or _is_whole(found[0], vocabulary)):
                return length, found
    return 0, ()


def _is_whole(meant: Candidate, vocabulary: Vocabulary) -> bool:
    """Tell whether words are all of a label: 'hand wash' of 'HAND WASHED'."""
    said = tuple(meant.label.split())
    return any(said in vocabulary.label_words[role] for role in meant.roles)


def _tells(said: Words) -> bool:
    """Tell whether words begin and end as a phrase does, and say something: 'own lunch', not 'of the'."""
    small = common_words() | words("function", "prepositions")
    edges = said[0] in small or said[-1] in small
    return not edges or sum(word not in small for word in said) > 1


def _within(
    said: Words, vocabulary: Vocabulary, roles: frozenset[str] | None = None
) -> tuple[Candidate, ...]:
    """Return the relations whose labels have words in a row, the one of most labels first."""
    found = []
    spoken = _spoken(Same(vocabulary))
    forms = [*_forms(said)] if said else []
    for role, labels in vocabulary.label_words.items():
        if roles is not None and role not in roles:
            continue
        for form in forms:
            if not spoken[role].issuperset(form):
                continue
            if count := sum(_has(label, form) for label in labels):
                text = " ".join(form)
                found.append(
                    (-count, role, Candidate(f"{role}~{text}", text, {role: count}, WITHIN, 1.0, None))
                )
                break
    return tuple(each for *_, each in sorted(found, key=lambda held: held[:2]))


@lru_cache(maxsize=16)  # catalogues
def _spoken(vocabulary: Same) -> dict[str, frozenset[str]]:
    """Return the words of the labels of each relation."""
    held = vocabulary.value.label_words.items()
    return {role: frozenset(word for label in labels for word in label) for role, labels in held}


def _forms(said: Words) -> Iterator[Words]:
    """Yield words, and with the last one in its singular and plural."""
    *rest, last = said
    forms = (last, *singulars(last), f"{last}s", f"{last}es", *_undone(last), *nouns_of(last))
    yield from ((*rest, form) for form in dict.fromkeys(forms))


def _undone(word: str) -> Iterator[str]:
    """Yield what is done where a word says that it is: 'wash' of 'washed', 'machine WASHING'."""
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word.removesuffix(ending)
            yield from (base, base + "e", f"{base}ed" if ending == "ing" else f"{base}ing")


def _has(label: Words, said: Words) -> bool:
    return any(label[i : i + len(said)] == said for i in range(len(label) - len(said) + 1))


def _words(text: str) -> Words:
    return tuple(fold(token.raw) for token in tokens(text))
