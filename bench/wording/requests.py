"""Requests with conditions: explicit and implicit. A root is a construction; the plan decides which fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bench.wording.grammar import Slot, alternatives
from bench.wording.phrases import Phrases, Said, genre_heads, kind, listed, scope
from bench.wording.polish import stop

Root = tuple[int, str, Callable[[], str]]

ASKS = ("ask.question", "ask.question", "ask.order", "ask.wish", "ask.wish", "ask.statement")
_ACTIVE = ("person", "cast", "company")
_MORE = ("other", "other", "more", "further", "")


class Requests(Phrases):
    """Says conditions. `said` are those to be stated, hints first made; a root returns whole sentences."""

    def ask(self, said: Sequence[Said], *names: str) -> str:
        """Return a request for items that meet `said`."""
        shapes = {
            shape: (lambda shape=shape: self.noun(said, shape)) for shape in ("np", "onp", "a_np", "any")
        }
        return stop(self.say(*(names or (self.rng.choice(ASKS),)), **shapes))

    def terse(self, said: Sequence[Said]) -> str:
        """Return a request without a verb."""
        return self.say("ask.terse", **self._shapes(said))

    def _shapes(self, said: Sequence[Said]) -> dict[str, Slot]:
        return {shape: partial(self.noun, said, shape) for shape in ("np", "onp", "a_np", "any")}

    def headed(self, said: Sequence[Said]) -> str:
        """Return a plural head noun with modifiers, for questions about a name."""
        genres = [s for s in said if s.mode == "name" and kind(s.relation) == "genre"]
        head = next((s for s in genres if genre_heads(s.label, self.domain)), None)
        before, self.singular = self.singular, False
        start = self.heads(head).plural
        after = self.trailing([s for s in said if s is not head])
        self.singular = before
        return " ".join([start, listed(after)] if after else [start])

    def trailing(self, said: Sequence[Said]) -> list[str]:
        """Return modifiers that are no relative clauses."""
        return [self.after(each, clause=False) for each in said]

    def musts(self, said: Sequence[Said], *, singular: bool, embedded: bool = False) -> str:
        """Return conditions as clauses about "it" or "them"."""
        before, self.singular = self.singular, singular
        try:
            return listed([self.clause(each, embedded=embedded) for each in said])
        finally:
            self.singular = before

    # Explicit

    def explicit(self, said: Sequence[Said]) -> list[Root]:
        """Return the constructions for stated conditions."""
        people = [s for s in said if kind(s.relation) in _ACTIVE]
        roots: list[Root] = [(8, "ask", lambda: self.ask(said)), (2, "terse", lambda: self.terse(said))]
        roots.append((2, "tags", lambda: self._tags(said)))
        if people:
            roots.append((3, "what-did", lambda: self._what_did(self.rng.choice(people), said)))
        led = [s for s in said if kind(s.relation) in (*_ACTIVE, "series", "cover")]
        if led:
            roots.append((4, "lead", lambda: self._lead(self.rng.choice(led), said)))
        if len(said) > 1:
            roots.append((3, "ask-must", lambda: self._ask_must(said)))
            roots.append((2, "such", lambda: self._such(said)))
        return roots

    def _tags(self, said: Sequence[Said]) -> str:
        tags = [self.tag(each) for each in self.rng.sample(said, len(said))]
        join = self.rng.choice((", ", ", ", "; ", " + " if len(tags) > 1 else ", "))
        return self.say("explicit.tags.frame", tags=join.join(tags))

    def _what_did(self, said: Said, every: Sequence[Said]) -> str:
        others = [s for s in every if s is not said]
        template = self.choose(["explicit.q"], lambda t: not others or "{head}" in t) or ""
        return self.of(said.relation, template, V=said.value, head=self.headed(others))

    def _lead(self, said: Said, every: Sequence[Said]) -> str:
        template = self.choose([f"explicit.lead.{kind(said.relation)}"]) or ""
        lead = self.of(said.relation, template, V=said.value)
        others = [s for s in every if s is not said]
        that = Said(said.relation, self.of(said.relation, "that {.noun}"), "same")
        alone = not any(kind(s.relation) in (*_ACTIVE, "cover") for s in others)
        if alone and kind(said.relation) in ("person", "cast", "cover") and self.rng.random() < 0.4:
            that = Said(said.relation, "them", "same")
        if kind(said.relation) in _ACTIVE and that.value != "them" and self.rng.random() < 0.4:
            return f"{lead} {self._what_did(that, [*others, that])}"
        return f"{lead} {self.ask([that, *others])}"

    def _ask_must(self, said: Sequence[Said]) -> str:
        order = self.rng.sample(said, len(said))
        cut = self.rng.randint(1, len(order) - 1)
        first = self.ask(order[:cut])
        last = order[cut:]
        slots = {
            "must": lambda: self.musts(last, singular=self.one),
            "mustx": lambda: self.musts(last, singular=self.one, embedded=True),
        }
        return f"{first} {self.say('explicit.must.intro', **slots)}"

    def _such(self, said: Sequence[Said]) -> str:
        order = self.rng.sample(said, len(said))
        return self.say("explicit.such", musts=lambda: self.musts(order, singular=True, embedded=True))

    # Implicit

    def implicit(self, stated: Sequence[Said], hinted: Sequence[Said]) -> list[Root]:
        """Return the constructions for values hinted at; `hinted` hold items and no value yet."""
        self.more = _MORE
        roots: list[Root] = [
            (6, "ask", lambda: self.ask([*stated, *self._hints(hinted)])),
            (2, "terse", lambda: self.terse([*stated, *self._hints(hinted)])),
        ]
        if any(self.praised(each) for each in hinted):
            roots.append((6, "praise", lambda: self._praise(stated, hinted, "ask")))
        if stated or len(hinted) > 1:
            roots.append((2, "ask-must", lambda: self._ask_must([*stated, *self._hints(hinted)])))
        active = [s for s in hinted if kind(s.relation) in _ACTIVE]
        if any(self.praised(each) for each in active):
            roots.append((3, "praise-else", lambda: self._praise(stated, hinted, "else")))
        if active:
            roots.append((3, "else", lambda: self._else(stated, hinted, self.rng.choice(active))))
        people = [s for s in hinted if kind(s.relation) == "person"]
        if people:
            roots.append((2, "whois", lambda: self._whois(stated, hinted, self.rng.choice(people))))
        return roots

    def _hints(self, hinted: Sequence[Said]) -> list[Said]:
        return [self._hint(each) for each in hinted]

    def _hint(self, said: Said) -> Said:
        value = self.hint(said.relation, said.items, said.n_items)
        return Said(said.relation, value, "hint", said.label, said.items, said.n_items)

    def anaphor(self, said: Said, *, of_item: bool = False, near: bool = False) -> Said:
        """Return a value that points back to items just named.

        With `of_item` it cannot point to a name either; with a name `near`, it is not "that director".
        """
        many = said.n_items > 1
        them, their = ("them", "their") if many else ("it", "its")
        what = kind(said.relation)
        if what == "cast":
            forms = ["the actor they share", "the actor who is in both of them"] if many else ["its star"]
        elif what in ("person", "company"):
            forms = [f"{their} {{.noun}}", f"whoever {{.done}} {them}"]
            if what == "person":
                forms[1:] = [f"whoever {{.past}} {them}", f"the {{.noun}} who {{.past}} {them}"]
            forms += [] if of_item else ["the same {.noun}", "the same {.noun}"]
            forms += [] if of_item or near else ["that {.noun}"]
        else:
            forms = ["the same {name}"] if what == "other" else ["the same {.noun}"]
        return Said(said.relation, self.of(said.relation, self.rng.choice(forms)), "same")

    def _praise(self, stated: Sequence[Said], hinted: Sequence[Said], then: str) -> str:
        usable = [s for s in hinted if self.praised(s) and (then == "ask" or kind(s.relation) in _ACTIVE)]
        first = self.rng.choice(usable)
        others = [*stated, *self._hints([s for s in hinted if s is not first])]
        same = self.anaphor(first)
        cast = kind(first.relation) == "cast"
        slots = self.agreement(first)
        template = self.choose(["implicit.praise.cast" if cast else "implicit.praise"]) or ""
        told = self.of(first.relation, template, T=first.items, C=self.craft(first), same=same.value, **slots)
        if then == "ask":
            return f"{told} {self.ask([same, *others])}"
        return f"{told} {self._what_else(same, others)}"

    def praised(self, said: Said) -> bool:
        """Tell whether people praise items for this relation: nobody praises a distributor."""
        return any(alternatives(f"roles.{each}.craft") for each in scope(said.relation))

    def craft(self, said: Said) -> str:
        """Return what is praised in an item for a relation ("the score")."""
        return self.of(said.relation, "{.craft}")

    def _what_else(self, same: Said, others: Sequence[Said], section: str = "implicit.else") -> str:
        clumsy = same.value.startswith("who")

        def accept(template: str) -> bool:
            return ("{head}" in template or not others) and ("{same} {.past}" in template or not clumsy)

        template = self.choose([section], accept) or ""
        return self.of(same.relation, template, same=same.value, head=self.headed(others))

    def _else(self, stated: Sequence[Said], hinted: Sequence[Said], first: Said) -> str:
        others = [*stated, *self._hints([s for s in hinted if s is not first])]
        value = self.hint(first.relation, first.items, first.n_items, definite=True)
        return self._what_else(Said(first.relation, value, "hint"), others)

    def _whois(self, stated: Sequence[Said], hinted: Sequence[Said], first: Said) -> str:
        others = [*stated, *self._hints([s for s in hinted if s is not first])]
        start = self.choose(["implicit.whois"]) or ""
        value = self.rng.choice(("that same person", "that very person", "the same person", "that person"))
        said = [Said(first.relation, value, "same"), *others]
        return f"{self.of(first.relation, start, T=first.items)} {self.ask(said, 'implicit.whois.ask')}"

    # Agreement

    def agreement(self, said: Said) -> dict[str, Slot]:
        """Return the verbs and pronouns that follow the number of items."""
        many = said.n_items > 1
        plural = {
            "it": "them",
            "was": "were",
            "belong": "belong",
            "come": "come",
            "poss": "their",
            "has": "have",
        }
        single = {"it": "it", "was": "was", "belong": "belongs", "come": "comes", "poss": "its", "has": "has"}
        words = {**(plural if many else single), "is": "are" if many else "is"}
        return {**words, "made": "made", "film": self.say(f"ask.watched@{self.domain}")}
