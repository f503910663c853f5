"""From a reading to an answer: check claims, resolve references, find, and say what was wrong (DESIGN: wrong premises).

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the likeliest that
finds something wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from agent.builtin import wording
from agent.builtin.atoms import Vocabulary, split
from agent.builtin.desk import Arguments, Call, Desk
from agent.builtin.reading import Claim, Name, Reading, Reference, Title, Wanted, read
from agent.builtin.spelling import is_respelled

_MAX_READINGS = 24
_SIMILAR = 10
_FALLBACK_K = 10
_ASIDE = frozenset(("country", "language", "media_type", "cover_artist", "previous_work", "subsequent_work"))


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a term: a condition, and how unlikely this way is (0: as stated)."""

    relation: str
    value: str
    rank: int

    @property
    def condition(self) -> dict[str, str]:
        """The condition as a tool's argument."""
        return {"relation": self.relation, "value": self.value}


Term = tuple[Option, ...]
Finding = tuple[list[str], list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim after verification: the correction it needs, and what is wanted under its likelier and its other reading."""

    claim: Claim
    correction: dict[str, Any] | None
    first: Term
    second: Term


def decide(text: str, desk: Desk, vocabulary: Vocabulary, earlier: str = "") -> Arguments:
    """Return the arguments of `recommend` for a request; one that says nothing by itself continues the `earlier` one.

    Raises:
        Pending: tools must answer first.
    """
    if not desk.has("link_entities"):
        return _by_similarity(text, desk, Reading(text), "")
    links = desk.ask("link_entities", text=text)
    if links is None:
        return _answer(note=wording.TOO_LONG)
    atoms = split(text, links, vocabulary)
    reading = read(text, atoms, vocabulary.domains)
    if earlier and _only_continues(reading):
        return decide(f"{earlier}\n{text}", desk, vocabulary)
    checked = _check_claims(reading, desk)
    references = _resolve(reading, desk)
    terms = [_wanted_term(wanted) for wanted in reading.wanted]
    terms += references + [_category_term(name) for name in reading.categories]
    first = [t for t in (*terms, *(c.first for c in checked)) if t]
    second = [t for t in (*terms, *(c.second for c in checked)) if t]
    corrections = [c.correction for c in checked if c.correction] + _respelled(reading, checked, desk)
    liked = reading.examples and not (reading.wanted or references or checked)
    if liked or (not first and reading.years == (None, None) and not reading.unwanted):
        return _by_similarity(text, desk, reading, wording.unknown_names(_unknown(links)), corrections)
    (found, conditions), (other, other_conditions) = _find_each(
        [first, second if any(c.second for c in checked) else []], reading, desk
    )
    if not found and other:
        found, conditions, other, other_conditions = other, other_conditions, [], []
    note = ""
    if not found:
        found, conditions, note = _relaxed(first, reading, desk)
    also = None
    if other and other_conditions != conditions:
        also = {
            "label": wording.second_reading(other_conditions),
            "items": other,
            "conditions": other_conditions,
        }
    return _answer(found, conditions, corrections, note or wording.unknown_names(_unknown(links)), also)


def _only_continues(reading: Reading) -> bool:
    """Tell whether a request names nothing: 'only from the 80s', 'more please'."""
    return not (
        reading.wanted or reading.references or reading.claims or reading.categories or reading.mentioned
    )


def _answer(
    items: Sequence[str] = (),
    conditions: Sequence[dict[str, str]] = (),
    corrections: Sequence[dict[str, Any]] = (),
    note: str = "",
    also: dict[str, Any] | None = None,
) -> Arguments:
    return {
        "items": list(items),
        "conditions": list(conditions),
        "corrections": list(corrections),
        "note": note,
        "also": also,
    }


# Claims


def _check_claims(reading: Reading, desk: Desk) -> list[Checked]:
    if not desk.has("check_fact"):
        return [Checked(c, None, _name_term(c.roles, c.name), ()) for c in reading.claims]
    calls = [call for claim in reading.claims for call in _claim_calls(claim)]
    answers = iter(desk.ask_all(calls))
    return [_checked(claim, [next(answers) for _ in _claim_calls(claim)]) for claim in reading.claims]


def _claim_calls(claim: Claim) -> list[Call]:
    return [
        Call("check_fact", {"item": choice.id, "relation": role, "value": _said(claim.name)})
        for role in claim.roles
        for title in claim.titles
        for choice in title.choices[:3]
    ]


def _said(name: Name) -> str:
    """Return what is checked: the label, or the words themselves where they are only nearly a label."""
    sure = name.choices and not is_respelled(name.text, name.choices[0])
    return name.choices[0].label if sure else name.text


def _checked(claim: Claim, answers: list[Any]) -> Checked:
    """Judge a claim by the answers on each of its titles, best first for every title."""
    facts = [fact for fact in answers if fact is not None and fact["verdict"] != "unknown"]
    roles = [role for role in claim.roles if any(fact["relation"] == role for fact in facts)] or list(
        claim.roles[:1]
    )
    supported_roles = [role for role in roles if any(f["relation"] == role and _holds(f) for f in facts)]
    role = (supported_roles or roles)[0]
    known = _best_facts(claim.titles, role, facts)
    wrong = [fact for fact in known if fact["verdict"] == "contradicted"]
    by_name = _name_term((role,), claim.name)
    if not wrong:
        respelled = bool(known and claim.name.choices) and is_respelled(
            claim.name.text, claim.name.choices[0]
        )
        label = known[0]["evidence"][0]["label"] if known and known[0]["evidence"] else _said(claim.name)
        correction = _correction(claim, known, role, [label]) if respelled else None
        return Checked(claim, correction, (Option(role, label, 0),) if known else by_name, ())
    spelled = next((fact["misspelling_of"] for fact in wrong if fact["misspelling_of"]), None)
    true = [spelled] if spelled else _shared(wrong)
    by_item = tuple(Option(role, value, 0) for value in true)
    correction = _correction(claim, wrong, role, true)
    in_role = any(role in choice.roles for choice in claim.name.choices)
    if spelled:
        return Checked(claim, correction, by_item, ())
    if not in_role or (claim.of_item and (len(true) == 1 or role == "actor")):
        return Checked(claim, correction, by_item, by_name if in_role else ())
    return Checked(claim, correction, by_name, by_item if len(true) == 1 or claim.of_item else ())


def _correction(claim: Claim, facts: list[Any], role: str, true: list[str]) -> dict[str, Any]:
    items = list(dict.fromkeys(fact["item"] for fact in facts))
    return {"items": items, "relation": role, "claimed": claim.name.text, "true": true}


def _holds(fact: Any) -> bool:
    return fact["verdict"] == "supported" or bool(fact["misspelling_of"])


def _best_facts(titles: Sequence[Title], role: str, facts: list[Any]) -> list[Any]:
    """Return one fact a title: of titles that may mean several items those that hold, else those that agree most."""
    by_title = []
    for title in titles:
        ids = [choice.id for choice in title.choices[:3]]
        mine = [fact for fact in facts if fact["relation"] == role and fact["item"] in ids]
        if mine:
            by_title.append(sorted(mine, key=lambda fact: (not _holds(fact), ids.index(fact["item"]))))
    ways = list(islice(product(*by_title), 64)) if by_title else []
    return list(max(ways, key=lambda way: (sum(map(_holds, way)), _agree(way)), default=()))


def _agree(facts: Sequence[Any]) -> bool:
    return bool(set.intersection(*(set(fact["true_values"]) for fact in facts)))


def _shared(facts: list[Any]) -> list[str]:
    """Return the true values that all facts share, or all of them if they share none."""
    sets = [set(fact["true_values"]) for fact in facts]
    common = set.intersection(*sets) if sets else set()
    return sorted(common or set().union(*sets))


def _respelled(reading: Reading, checked: list[Checked], desk: Desk) -> list[dict[str, Any]]:
    """Return corrections for misspelt names of people whom the titles named beside them really have."""
    if not desk.has("check_fact"):
        return []
    done = {c.claim.name.text for c in checked if c.correction}
    odd = [w for w in reading.wanted if w.name.choices and is_respelled(w.name.text, w.name.choices[0])]
    corrections = []
    for wanted in odd:
        label = wanted.name.choices[0].label
        roles = [
            r
            for r in (wanted.roles or tuple(wanted.name.choices[0].roles))
            if r in wanted.name.choices[0].roles
        ]
        titles = [title.choices[0].id for title in reading.mentioned if title.choices]
        if wanted.name.text in done or not roles or not titles:
            continue
        calls = [Call("check_fact", {"item": item, "relation": roles[0], "value": label}) for item in titles]
        facts = [fact for fact in desk.ask_all(calls) if fact and fact["verdict"] == "supported"]
        if facts:
            items = [fact["item"] for fact in facts]
            corrections.append(
                {"items": items, "relation": roles[0], "claimed": wanted.name.text, "true": [label]}
            )
    return corrections


# Terms


def _wanted_term(wanted: Wanted) -> Term:
    return _name_term(wanted.roles, wanted.name)


def _name_term(roles: Sequence[str], name: Name) -> Term:
    """Return the ways to read a name: in a stated role if it has one there, else in the roles it has."""
    stated = [(role, choice) for role in roles for choice in name.choices if role in choice.roles]
    if stated:
        pairs = [(role, choice.label) for role, choice in stated]
    else:
        pairs = [
            (role, choice.label)
            for choice in name.choices[:4]
            for role in list(choice.roles)[:3]
            if role not in _ASIDE and role != "genre"
        ]
    return tuple(Option(role, label, rank) for rank, (role, label) in enumerate(dict.fromkeys(pairs)))


def _category_term(name: Name) -> Term:
    labels = dict.fromkeys(choice.label for choice in name.choices)
    exact = [choice.label for choice in name.choices if choice.match == "full"]
    return tuple(Option("genre", label, 0) for label in (exact if len(labels) > _MAX_READINGS else labels))


def _resolve(reading: Reading, desk: Desk) -> list[Term]:
    if not desk.has("resolve_reference"):
        return []
    terms = []
    asked = [(ref, _reference_calls(ref)) for ref in reading.references]
    answers = iter(desk.ask_all([call for _, calls in asked for call in calls]))
    for _, calls in asked:
        found = [next(answers) for _ in calls]
        best = max(
            (len(f["items"]) and max((v["items"] for v in f["values"]), default=0) for f in found if f),
            default=0,
        )
        options = [
            Option(f["relation"], v["value"], rank)
            for rank, f in enumerate(found)
            if f
            for v in f["values"]
            if v["items"] == best
        ]
        terms.append(tuple(options))
    return terms


def _reference_calls(reference: Reference) -> list[Call]:
    """Return one call for every role and every way to read the titles, the likeliest first."""
    titles = [title.choices[:3] for title in reference.titles if title.choices]
    ways = islice(product(*titles), 6) if titles else ()
    items = [list(dict.fromkeys(choice.id for choice in way)) for way in ways]
    return [
        Call("resolve_reference", {"items": ids, "relation": role})
        for role in reference.roles
        for ids in items
        if ids
    ]


# Finding


def _find(terms: list[Term], reading: Reading, desk: Desk) -> Finding:
    """Find under the likeliest reading of all terms that leaves something; of equals, the one that leaves most."""
    return _find_each([terms], reading, desk)[0]


def _find_each(several: Sequence[list[Term]], reading: Reading, desk: Desk) -> list[Finding]:
    """Find for several sets of terms in one turn."""
    ways = [
        sorted(islice(product(*terms), 4096), key=lambda way: sum(o.rank for o in way))[:_MAX_READINGS]
        if terms
        else []
        for terms in several
    ]
    answers = iter(_ask_find([way for each in ways for way in each], reading, desk))
    return [_best([(way, next(answers)) for way in each]) for each in ways]


def _best(tried: Sequence[tuple[tuple[Option, ...], list[str]]]) -> Finding:
    ranked = [
        (sum(o.rank for o in way), -len(found), index) for index, (way, found) in enumerate(tried) if found
    ]
    if not ranked:
        return [], []
    way, found = tried[min(ranked)[2]]
    return found, [option.condition for option in _unique(way)]


def _ask_find(ways: Sequence[tuple[Option, ...]], reading: Reading, desk: Desk) -> list[list[str]]:
    answers = desk.ask_all([_find_call(way, reading, desk) for way in ways])
    return [[hit["id"] for hit in answer["items"]] if answer else [] for answer in answers]


def _find_call(way: tuple[Option, ...], reading: Reading, desk: Desk) -> Call:
    arguments: Arguments = {"conditions": [option.condition for option in _unique(way)]}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    first, last = reading.years
    if first is not None:
        arguments["year_from"] = first
    if last is not None:
        arguments["year_to"] = last
    if reading.domain:
        arguments["domain"] = reading.domain
    if not desk.has("find_items"):
        return Call("search_items", {"text": reading.text, "k": _FALLBACK_K, **arguments})
    unwanted = [
        o.condition
        for w in reading.unwanted
        for o in _name_term(w.roles, w.name)[:1] or _category_term(w.name)[:1]
    ]
    if unwanted:
        arguments["none_of"] = unwanted
    return Call("find_items", arguments)


def _unique(way: tuple[Option, ...]) -> list[Option]:
    return list({(option.relation, option.value): option for option in way}.values())


def _relaxed(terms: list[Term], reading: Reading, desk: Desk) -> tuple[list[str], list[dict[str, str]], str]:
    """Nothing satisfies everything: drop the one term whose absence leaves the most, and say so."""
    if len(terms) < 2:
        return [], [], wording.nothing([o.condition for t in terms for o in t[:1]])
    findings = _find_each([[t for t in terms if t is not dropped] for dropped in terms], reading, desk)
    (items, conditions), dropped = max(zip(findings, terms, strict=True), key=lambda trial: len(trial[0][0]))
    wanted = [o.condition for t in terms for o in t[:1]]
    return (
        items,
        conditions,
        wording.relaxed(wanted, dropped[0].condition) if items else wording.nothing(wanted),
    )


def _by_similarity(
    text: str, desk: Desk, reading: Reading, note: str, corrections: Sequence[dict[str, Any]] = ()
) -> Arguments:
    """Answer by nearness of descriptions; nothing is claimed to be proved."""
    if note and not reading.examples:
        return _answer(corrections=corrections, note=note)
    if not desk.has("search_items") or not any(c.isalpha() for c in text):
        return _answer(corrections=corrections, note=note or wording.NOT_UNDERSTOOD)
    arguments: Arguments = {"text": text, "k": _SIMILAR}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    if reading.domain:
        arguments["domain"] = reading.domain
    arguments["conditions"] = [_category_term(name)[0].condition for name in reading.categories]
    found = desk.ask("search_items", **arguments)
    if found and not found["items"] and arguments.pop("conditions"):
        found = desk.ask("search_items", **arguments)
    items = [hit["id"] for hit in found["items"]] if found else []
    return _answer(
        items, corrections=corrections, note=wording.BY_SIMILARITY if items else wording.NOT_UNDERSTOOD
    )


def _unknown(links: dict[str, Any]) -> list[str]:
    return [unlinked["text"] for unlinked in links["unlinked"]]
