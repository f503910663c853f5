"""Conditions as parts of speech: head nouns, modifiers, clauses, hints, names with their article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from bench.wording.grammar import _FOLDER, Expander, alternatives
from bench.wording.polish import Names

Mode = Literal["name", "hint", "same", "several"]
_ARTICLED = re.compile(
    r"(?i)^(United|Soviet Union|Netherlands|Philippines|.*\b(Republic|Kingdom|Empire|Union|Islands|States)\b)"
)
_COLLECTIVE = frozenset(
    "series novels books stories mysteries trilogy saga cycle quartet chronicles juveniles files sequence "
    "films quintet tetralogy duology adventures tales universe cycles sagas".split()
)
_CLAUSE = ("that ", "which ", "whose ", "where ", "<that|", "in which ", "for which ")
_PLURALS = {"novel", "book", "story", "biography", "play", "essay", "poem", "memoir", "thriller", "mystery"}
_MASS = {"fiction", "literature", "non-fiction", "nonfiction", "satire", "poetry"}
_LOWERED = frozenset(
    (
        "science fantasy crime historical mystery adventure horror romance young young-adult "
        "detective alternate war spy children's gothic epic military speculative philosophical "
        "comic comedy juvenile autobiographical literary psychological political popular short "
        "family picture travel graphic thriller non-fiction nonfiction urban dystopian erotic "
        "fictional true legal magic social satirical techno-thriller paranormal dark high hard "
        "contemporary modernist postmodern sea travel sports school vampire ghost fairy "
    ).split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """A condition as it is to be said: `value` is a name, a hint or an anaphor, all ready for a sentence."""

    relation: str
    value: str
    mode: Mode = "name"
    label: str = ""
    items: str = ""
    n_items: int = 0


class Heads(NamedTuple):
    """A head noun in both numbers."""

    singular: str
    plural: str


def kind(relation: str) -> str:
    """Return which forms a relation takes: `person`, `cast`, … or `other`."""
    found = alternatives(f"roles.{relation}.kind")
    return found[0].template if found else "other"


def scope(relation: str) -> tuple[str, ...]:
    """Return the sections in which a relation's forms are, the relation's own first."""
    return (relation, kind(relation)) if kind(relation) != relation else (relation,)


class Phrases(Expander):
    """An expander that knows conditions. `more` is what goes before a head noun ("other", "more", "")."""

    names: Names
    more: Sequence[str] = ("",)
    one: bool = False  # whether the last noun phrase was a singular

    def form(self, said: Said, *forms: str, accept: Callable[[str], bool] = lambda _: True) -> str | None:
        """Return a condition in one of some forms; None if it has none that is acceptable."""
        where = [f"roles.{each}.{name}" for each in scope(said.relation) for name in forms]
        template = self.choose(where, accept)
        return None if template is None else self.of(said.relation, template, V=said.value, T=said.items)

    def of(self, relation: str, template: str, **slots: str | Callable[[], str]) -> str:
        """Fill a template that speaks of a relation."""
        before, self.relation = self.relation, scope(relation)
        try:
            return self.fill(template, name=relation.replace("_", " "), **slots)
        finally:
            self.relation = before

    # Names

    def value(self, relation: str, label: str) -> str:
        """Return a label as it stands in a sentence, with the article and the noun it needs."""
        what = kind(relation)
        if what == "series":
            return self._series(label)
        if what == "genre" and genre_key(label) in genre_table(self.domain) and self.rng.random() < 0.6:
            return label[:1].lower() + label[1:].lower()
        if what == "country" and _ARTICLED.match(label):
            return f"the {self.names.mark(label)}"
        if what == "language" and label.lower().endswith(" language"):
            return self.names.mark(label[: -len(" language")])
        return self.names.mark(label)

    def _series(self, label: str) -> str:
        mark = self.names.mark(label)
        if re.match(r"(?i)(the|a|an|his|her|our|my) ", label) or ":" in label:
            return mark
        if label.split()[-1].lower() in _COLLECTIVE:
            return f"the {mark}"
        return f"the {mark} {self.rng.choice(('series', 'series', 'saga' if len(label) > 6 else 'series'))}"

    def hint(self, relation: str, items: str, n_items: int, *, definite: bool = False) -> str:
        """Return a noun phrase that determines a value by items ("whoever shot …", "the actor … share")."""
        base = Said(relation, "", items=items)
        form = "ref1" if n_items == 1 else "ref2"
        found = self.form(base, form, accept=lambda t: not definite or t.startswith("the "))
        return found or f"the {relation.replace('_', ' ')} of {items}"

    # Noun phrases

    def heads(self, genre: Said | None = None) -> Heads:
        """Return a head noun in both numbers: that of a genre, or the domain's word for an item."""
        found = genre_heads(genre.label, self.domain) if genre else None
        if found:
            return Heads(self.fill(found.singular), self.fill(found.plural))
        template = self.choose([f"ask.heads@{self.domain}"]) or ""
        before, both = self.singular, []
        for self.singular in (True, False):
            both.append(self.fill(template))
        self.singular = before
        return Heads(*both)

    def noun(self, said: Sequence[Said], shape: str) -> str:
        """Return conditions as a noun phrase: `np` plural, `onp` after which, `a_np` singular, `any`."""
        genres = [s for s in said if s.mode == "name" and genre_heads(s.label, self.domain)]
        genres = [s for s in genres if kind(s.relation) == "genre"]
        head = self.rng.choice(genres) if genres and shape != "any" and self.rng.random() < 0.8 else None
        rest = [s for s in said if s is not head]
        self.one = shape in ("a_np", "any")
        before, self.singular = self.singular, self.one
        try:
            heads, after = self.heads(head), self.modifiers(rest)
        finally:
            self.singular = before
        other = any(self.more)
        if shape == "any":
            start = self.rng.choice(("anything", "something")) + (" else" if other else "")
        elif shape == "a_np":
            start = f"another {heads.singular}" if other else f"a~ {heads.singular}"
        else:
            extra = self.rng.choice(self.more)
            start = f"{'other' if extra and shape == 'onp' else extra} {heads.plural}"
        return f"{start} {after}"

    def modifiers(self, said: Sequence[Said]) -> str:
        """Return what follows a head noun: participles, prepositions or clauses, in any order."""
        order = self._merged(sorted(said, key=lambda s: (s.mode == "hint", self.rng.random())))
        if not order:
            return ""
        ways = [self._participles, self._participles, self._clause, self._mixed]
        return self.rng.choice(ways if len(order) > 1 else ways[:3])(order)

    def _merged(self, said: Sequence[Said]) -> list[Said]:
        """Join two names in one relation into one phrase where that is sure to be right."""
        done: list[Said] = []
        for each in said:
            twin = next((s for s in done if s.relation == each.relation and s.mode == "name"), None)
            joinable = kind(each.relation) in ("cast", "person") and each.mode == "name"
            if twin and joinable and self.rng.random() < 0.7:
                both = self.rng.choice(("", "both "))
                done[done.index(twin)] = Said(
                    each.relation, f"{both}{twin.value} and {each.value}", "several"
                )
            else:
                done.append(each)
        return done

    def after(self, said: Said, *, clause: bool = True) -> str:
        """Return one condition as a modifier; without `clause`, no relative clause."""
        forms = {"name": ("P", "P", "Pn"), "hint": ("P", "RP"), "same": ("Pa",), "several": ("P", "Pa")}
        # An anaphor or a list of names cannot stand everywhere: only where it is the last word.
        ends = said.mode == "several"

        def accept(template: str) -> bool:
            if said.value == "them" and template.startswith("from"):
                return False
            plain = clause or not template.startswith(_CLAUSE)
            return plain and not (ends and not template.endswith(("by {V}", "starring {V}", "featuring {V}")))

        found = self.form(said, *forms[said.mode], accept=accept)
        found = found or self.form(said, *forms[said.mode])
        return found or self.of(said.relation, "with {V} as [their/its] {name}", V=said.value)

    def _participles(self, said: Sequence[Said]) -> str:
        parts = [self.after(each, clause=len(said) == 1) for each in said]
        if len(parts) == 2 and self.rng.random() < 0.4:
            return " ".join(parts)
        return listed(parts)

    def _clause(self, said: Sequence[Said]) -> str:
        objects = [self._object(each) for each in said]
        if all(objects) and self.rng.random() < 0.5:
            return "that " + listed([each for each in objects if each])
        verbs = [self.verb(each) for each in said]
        return "that " + listed(verbs) if all(verbs) else self._participles(said)

    def _mixed(self, said: Sequence[Said]) -> str:
        first, last = said[:-1], said[-1]
        verb = self.verb(last)
        return f"{self._participles(first)} that {verb}" if verb else self._participles(said)

    def _object(self, said: Said) -> str | None:
        if said.mode == "several" or said.value.startswith("who"):
            return None
        them = said.value == "them"
        return self.form(
            Said(said.relation, "they") if them else said, "O", accept=lambda t: not (them and " has " in t)
        )

    def verb(self, said: Said) -> str:
        """Return one condition as a verb phrase of the work ("star …"); empty if it has none."""
        if said.mode == "several":
            safe = ("by {V}", "[star/stars] {V}", "[feature/features] {V}")
            return self.form(said, "VP", accept=lambda t: t.endswith(safe)) or ""
        heads = genre_heads(said.label, self.domain) if said.mode == "name" else None
        if heads and kind(said.relation) == "genre" and self.rng.random() < 0.6:
            return self.fill(f"[are/is] [{heads.plural}/a~ {heads.singular}]")
        return self.form(said, *(("VP", "VPn") if said.mode == "name" else ("VP",))) or ""

    def clause(self, said: Said, *, embedded: bool = False) -> str:
        """Return one condition as a clause of its own ("the director has to be …")."""
        found = self.form(said, "must", accept=lambda t: not (embedded and t.startswith("I ")))
        return found or self.of(said.relation, "the {name} should be {V}", V=said.value)

    def tag(self, said: Said) -> str:
        """Return one condition as in a telegram ("director: …")."""
        return self.form(said, "tag") or self.of(said.relation, "{name}: {V}", V=said.value)


def listed(parts: Sequence[str]) -> str:
    """Join parts as a list: "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def genre_key(label: str) -> str:
    """Return under what a genre is looked up."""
    return label.casefold()


@cache
def genre_table(domain: str) -> dict[str, Heads]:
    """Return the genres of a domain that have head nouns of their own."""
    rows = [line.split(" | ") for line in (_FOLDER / "genres.txt").read_text(encoding="utf-8").splitlines()]
    return {genre_key(row[1]): Heads(row[2], row[3]) for row in rows if len(row) == 4 and row[0] == domain}


def genre_heads(label: str, domain: str) -> Heads | None:
    """Return the head nouns of a genre, None if only "in the … genre" is safe."""
    table = genre_table(domain)
    if genre_key(label) in table:
        return table[genre_key(label)]
    words = label.split()
    plain = len(words) > 1 and all(word.replace("-", "").replace("'", "").isalpha() for word in words)
    if domain != "book" or not plain or words[0].lower() not in _LOWERED:
        return None
    lowered, last = " ".join([words[0].lower(), *words[1:]]), words[-1].lower()
    if last in _PLURALS:
        plural = (
            lowered[:-1] + "ies" if lowered.endswith("y") and lowered[-2] not in "aeou" else lowered + "s"
        )
        return Heads(lowered, plural)
    if last in _MASS:
        return Heads(f"{lowered} book", f"{lowered} books")
    return None


def genre_surfaces(label: str, domain: str) -> list[str]:
    """Return every way in which a genre may stand in a text."""
    heads = genre_heads(label, domain)
    if heads is None:
        return [label]
    return [label, *(re.sub(r" ?\{films?\}", "", each) for each in heads)]
