"""Labels by other names: 'Windows' for 'Windows 11', 'android' for its versions, 'January' for 'Jan'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.chunks import REGION, Candidate, Chunk
from agent.builtin.parse.label_headers import of_headers, ordinals_of
from kg.graph import KnowledgeGraph
from kg.stems import plurals, singular, singulars
from kg.text import fold, tokens
from kg.types import Entity, Kind, RelationName
from tools.english import common_words
from tools.title_parts import titles_of

_KINDS = (Kind.CATEGORY, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER)
_TWO = 2  # words of a label that may be called by its last one
_SORTS = frozenset("type category kind sort".split())  # relations of what items are
_SHORT = 2  # letters of a label that is no word
_MOST = 2_000  # labels of a relation that are looked through
_AMBIGUOUS = frozenset("may march sun sat wed mon".split())  # words beside names of months and days
_LEADS_TO_MONTH = frozenset(
    "in on or and from to until by for since during through till of early late".split()
)
_OF_TRADE = frozenset(
    "sale sold price offer deal stock today item items year week day month hour people".split()
)
_WITHIN, _BESIDE = 3, 6  # letters of a word that tells nothing alone, of a label as 'lakeside'
_SEVERAL = 2  # labels that are months or days, where the relation is of these


def label_parts_of(graph: KnowledgeGraph) -> Mapping[str, tuple[Candidate, ...]]:
    """Return first words of labels of several words with what they may mean, where items are no works."""
    if titles_of(graph) is None:
        return {}
    found: dict[str, list[Candidate]] = {}
    wording = (graph.catalogue.notes.get("wording") or {}).get("relations", {})
    named = {word for name in wording for word in name.split("_")}
    for relation in graph.relations:
        if relation.kind not in _KINDS or relation.scale:
            continue
        for entity in graph.entities_of(relation.name)[:_MOST]:
            said = [fold(token.raw) for token in tokens(entity.label)]
            small = said[0] in common_words() or said[0] in words("function", "prepositions")
            small = small or said[0].isdecimal() or said[0] in named  # '12' is no 12 September
            if len(said) > 1 and len(said[0]) > 1 and not small:
                roles = {str(name): count for name, count in graph.roles(entity.id).items()}
                meant = Candidate(entity.id, entity.label, roles, "short", 1.0, None)
                found.setdefault(said[0], []).append(meant)
    for told in (_heads_of, _codes_in):
        known = frozenset(found)
        for word, entity, role, count in told(graph):
            meant = Candidate(entity.id, entity.label, {role: count}, "short", 1.0, None)
            found.setdefault(word, []).append(meant)
    for word, entity, role, count in _words_within(graph):
        if word not in known:
            meant = Candidate(entity.id, entity.label, {role: count}, "short", 1.0, None)
            found.setdefault(word, []).append(meant)
    for word, entity, role, count in _made_of(graph):
        meant = Candidate(entity.id, entity.label, {role: count}, "full", 1.0, None)
        found.setdefault(word, []).append(meant)
    for short, entity, role, count in _initials_of(graph):
        meant = Candidate(entity.id, entity.label, {role: count}, "full", 1.0, None)
        found.setdefault(short, []).append(meant)
    found |= {word: [meant] for word, meant in _months_of(graph).items() if word not in found}
    several = {word: len(meant) > 1 for word, meant in found.items()}
    return {
        word: tuple(replace(each, match=REGION) if several[word] else each for each in meant)
        for word, meant in found.items()
    }


def label_forms_of(graph: KnowledgeGraph) -> Mapping[str, tuple[Candidate, ...]]:
    """Return the labels of one word or two by them, their singular and plural: 'nut' of 'nuts'."""
    found: dict[str, list[Candidate]] = {}
    for relation in graph.relations:
        for entity in graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ():
            said = fold(entity.label)
            ordinal = ordinals_of(said, str(relation.name))
            if not ordinal and (not said.replace(" ", "", 1).isalpha() or len(said) <= _SHORT):
                continue
            roles = {str(relation.name): graph.roles(entity.id)[relation.name]}
            meant = Candidate(entity.id, entity.label, roles, "full", 1.0, None)
            forms = (said, *singulars(said), *(() if said.endswith("s") else plurals(said)))
            beside = [said.removesuffix("side")] if said.endswith("side") and len(said) > _BESIDE else []
            beside += of_headers(said, str(relation.name))
            for form in ordinal or dict.fromkeys((*forms, *beside)):  # 'by the SEA' of seaside
                found.setdefault(form, []).append(meant)
    return {word: tuple(meant) for word, meant in found.items()}


def label_kinds_of(graph: KnowledgeGraph) -> Mapping[str, tuple[Candidate, ...]]:
    """Return labels with those of their relation that end in them, by id: 'black' with 'matt black'."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for relation in graph.relations:
        every = graph.entities_of(relation.name)[:_MOST] if relation.kind is Kind.CATEGORY else ()
        for entity in every:
            ending = f" {fold(entity.label)}"
            kinds = [other for other in every if fold(other.label).endswith(ending) and _is_kind(other)]
            held = [(each, graph.roles(each.id)[relation.name]) for each in (entity, *kinds)]
            if kinds:
                found[entity.id] = tuple(
                    Candidate(each.id, each.label, {str(relation.name): count}, REGION, 1.0, None)
                    for each, count in held
                )
    return found


def label_words_of(
    graph: KnowledgeGraph, relations: Iterable[str]
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the words of the labels of relations that are on no scale, by relation."""
    told = [each for each in graph.relations if each.name in relations and each.kind in _KINDS]
    return {
        str(each.name): tuple(
            tuple(fold(token.raw) for token in tokens(entity.label))
            for entity in graph.entities_of(each.name)[:_MOST]
        )
        for each in told
        if not each.scale
    }


def _is_kind(entity: Entity) -> bool:
    """Tell whether a label of two words is a kind of its second one: not 'no flash', 'semi dry'."""
    first, *rest = fold(entity.label).split()
    return len(rest) == 1 and first not in ("no", "not", "non", "semi", "half", "off", "without")


def codes_of(graph: KnowledgeGraph, relations: Iterable[str]) -> Mapping[str, Mapping[str, Candidate]]:
    """Return the labels of relations too short to be linked, by relation and folded label: 'zone B'."""
    found: dict[str, dict[str, Candidate]] = {}
    for relation in graph.relations:
        if relation.name not in relations or relation.kind not in _KINDS:
            continue
        for entity in graph.entities_of(relation.name)[:_MOST]:
            if len(said := fold(entity.label)) <= _SHORT:
                roles = {str(relation.name): graph.roles(entity.id)[relation.name]}
                meant = Candidate(entity.id, entity.label, roles, "full", 1.0, None)
                found.setdefault(str(relation.name), {})[said] = meant
    return found


def _heads_of(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield the last words of categories of two words, where one is of several kinds: 'guitars', 'piano'."""
    for relation in graph.relations:
        if relation.kind is not Kind.CATEGORY or relation.scale:
            continue
        labels = {
            entity: [fold(t.raw) for t in tokens(entity.label)]
            for entity in graph.entities_of(relation.name)[:_MOST]
        }
        whole = {" ".join(said) for said in labels.values()}
        heads = Counter(said[1] for said in labels.values() if len(said) == _TWO)
        for entity, said in labels.items():
            head = said[-1]
            if (
                len(said) != _TWO
                or head in whole
                or head in common_words()
                or head in words("measures", "flag endings")  # 'ALLOWED' is nobody's kind
                or not head.isalpha()
                or len(head) <= _SHORT
            ):
                continue
            if heads[head] > 1 or relation.name in _SORTS:  # a 'path' is no 'forest path' by itself
                count = graph.roles(entity.id)[relation.name]
                yield from ((form, entity, str(relation.name), count) for form in (said[1], said[1] + "s"))


def _words_within(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield words within the labels of one relation only: 'scratches' of 'light scratches on the barrel'."""
    wording = (graph.catalogue.notes.get("wording") or {}).get("relations", {})
    held: dict[str, dict[str, list[Entity]]] = {}
    whole = set[str]()
    names = {singular(word) for name in wording for word in name.split("_")}
    for relation in graph.relations if wording else ():
        every = graph.entities_of(relation.name)[:_MOST] if relation.kind is Kind.CATEGORY else ()
        graded = relation.scale and not {"yes", "no"} <= {label.casefold() for label in relation.scale}
        for entity in () if graded else every:
            said = [fold(token.raw) for token in tokens(entity.label)]
            whole |= {" ".join(said), singular(" ".join(said))}
            for word in dict.fromkeys(map(singular, said)):
                held.setdefault(word, {}).setdefault(str(relation.name), []).append(entity)
    small = common_words() | words("measures", "flag endings") | words("measures", "general in names") | names
    small |= _OF_TRADE
    for word, by_relation in held.items():
        if len(by_relation) > 1 or word in small | whole or len(word) <= _WITHIN or not word.isalpha():
            continue
        for role, entities in by_relation.items():
            for entity in entities:
                count = graph.roles(entity.id)[RelationName(role)]
                forms = dict.fromkeys(
                    (word, f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s")
                )
                yield from ((form, entity, role, count) for form in forms)


def _codes_in(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield letters with a figure that further words of labels begin with: 'i7' of 'Core i7-5500U'."""
    for relation in graph.relations:
        for entity in graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ():
            for word in dict.fromkeys(fold(each).split("-")[0] for each in entity.label.split()[1:]):
                if word.isalnum() and not word.isalpha() and not word[:1].isdecimal():
                    yield word, entity, str(relation.name), graph.roles(entity.id)[relation.name]


def _made_of(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield the adjectives of labels, and whose they are: 'wooden' of 'wood'."""
    for label, said in groups("measures", "made of").items():
        for relation in graph.relations:
            for entity in graph.entities_named(label, relation.name) if relation.kind in _KINDS else ():
                yield from (
                    (word, entity, str(relation.name), graph.roles(entity.id)[relation.name]) for word in said
                )


def _initials_of(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield the initials of labels with a number, and whose they are: 'ps5' of 'PlayStation 5'."""
    for relation in graph.relations:
        for entity in graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ():
            short = "".join(a for a in entity.label if a.isupper() or a.isdecimal())
            if len(short) > len("A1") and any(a.isdecimal() for a in short) and short != entity.label:
                yield fold(short), entity, str(relation.name), graph.roles(entity.id)[relation.name]


def _months_of(graph: KnowledgeGraph) -> Mapping[str, Candidate]:
    """Return the other spellings of months and weekdays that are labels: 'january' of 'Jan', 'tuesdays'."""
    found: dict[str, Candidate] = {}
    for relation in graph.relations:
        labels = graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ()
        called = {fold(entity.label): entity for entity in labels}
        for spellings in _spelt_of_time():
            several = [each for each in spellings if called.keys() & set(each)]
            for names in several if len(several) >= _SEVERAL else ():
                known = next(each for each in names if each in called)
                roles = {str(relation.name): graph.roles(called[known].id)[relation.name]}
                meant = Candidate(called[known].id, called[known].label, roles, "full", 1.0, None)
                for name in names:
                    found.setdefault(name, meant)
    return found


def _spelt_of_time() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the spellings of each month, and of each day of the week with its plural."""
    months, days = tables("years")["months"], tables("calendar")["days"]
    further = [each.split(":") for each in tables("calendar")["other days"]]
    weekdays = [
        (day, short, f"{day}s", *(other for other, meant in further if meant == day))
        for day, short in zip(days[::2], days[1::2], strict=True)
    ]
    return list(zip(months[::2], months[1::2], strict=True)), weekdays


def with_label_parts(chunks: Sequence[Chunk], parts: Mapping[str, tuple[Candidate, ...]]) -> list[Chunk]:
    """Replace words that nothing else is called by what labels begin with them."""
    if not parts:
        return list(chunks)
    named = _without_heads([_named(chunk, parts) for chunk in chunks], parts)
    return [
        chunk if _is_of_date(chunks, i) or _is_no_time(chunks, i) else named[i]
        for i, chunk in enumerate(chunks)
    ]


def _without_heads(chunks: Sequence[Chunk], parts: Mapping[str, tuple[Candidate, ...]]) -> list[Chunk]:
    """Read a kind of several labels as any item where some of them are named: 'GUITARS, acoustic or bass'."""
    told = [{choice.id for choice in chunk.choices} for chunk in chunks]
    return [
        replace(chunk, kind="word", text="items", choices=(), entries=())
        if len(told[i]) > 1 and fold(chunk.text) in parts and any(o and o < told[i] for o in told)
        else chunk
        for i, chunk in enumerate(chunks)
    ]


def _is_no_time(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a word that may name a month or a day does not: 'you MAY'."""
    return chunks[i].text in _AMBIGUOUS and not _is_dated(chunks, i)


def _is_of_date(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the name of a month is part of a date: 'JUNE 2022', '3 MAY'."""
    month = fold(chunks[i].text) in words("years", "months")
    beside = [*chunks[max(0, i - 1) : i], *chunks[i + 1 : i + 2]] if month else []
    return any(a.kind == "word" and a.text[:1].isdecimal() for a in beside)


def _is_dated(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether 'may' is the name of a month: 'in MAY', 'April or MAY'; not 'you MAY'."""
    return i > 0 and (chunks[i - 1].text in _LEADS_TO_MONTH or chunks[i - 1].kind == "mark")


def _named(chunk: Chunk, parts: Mapping[str, tuple[Candidate, ...]]) -> Chunk:
    unknown = chunk.kind == "word" or (chunk.kind == "entity" and not chunk.choices)
    meant = parts.get(fold(chunk.text), ()) if unknown else ()
    return replace(chunk, kind="entity", choices=meant, entries=()) if meant else chunk
