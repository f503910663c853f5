"""What a request compares: numbers, dates, flags and scales, and the chunks that are left for names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.builtin.interpret.compared import Compared, Comparison
from agent.builtin.interpret.comparisons import read_comparisons
from agent.builtin.interpret.domains import domain_said
from agent.builtin.interpret.either import one_group, without_alternatives
from agent.builtin.interpret.mentions import without
from agent.builtin.interpret.mixed_alternatives import Mixed
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.vocabulary import Vocabulary

_WRITTEN = "book"  # what only authors make


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is `compared` in chunks as they were `said`, and of which `domain`; the `chunks` say the rest.

    `measured` are the places in the text of words that say it, `unmeasured` those of quantities that nothing
    is compared by.
    """

    said: list[Chunk]
    chunks: list[Chunk]
    compared: Compared
    measured: frozenset[int]
    unmeasured: frozenset[int]
    domain: str | None

    def losing(self, compared: Compared, lost: frozenset[int]) -> Amounts:
        """Return what is left of what is compared, where words in some places of the text say none of it."""
        measured, unmeasured = self.measured - lost, self.unmeasured | lost
        return replace(self, compared=compared, measured=measured, unmeasured=unmeasured)

    def without_alternatives(self) -> Amounts:
        """Return what is compared without what any of is enough: a list of names stands for that."""
        if not any(each.either for each in self.compared.comparisons):
            return self
        return self.losing(*without_alternatives(self.compared, self.said))

    def in_one_group(self) -> tuple[Amounts, frozenset[int]]:
        """Return what is compared with one list of alternatives, and the positions of the others."""
        compared, more = one_group(self.compared)
        return replace(self, compared=compared), more

    def mixed_with(self, mixed: Mixed, more: frozenset[int]) -> Amounts:
        """Return what alternatives of comparisons and names leave, without those at `more` positions."""
        return self.losing(mixed.compared, frozenset(self.said[i].start for i in mixed.lost | more))


def read_amounts(text: str, chunks: list[Chunk], vocabulary: Vocabulary, start: int) -> Amounts:
    """Read what the chunks of a text compare that begins at `start` of theirs."""
    domain = _measured_domain(chunks, vocabulary.domains)
    measures = vocabulary.measures.of_domain.get(domain or "", vocabulary.measures)
    compared = read_comparisons(text, chunks, measures, start)
    if domain is None and (domain := _only_domain(compared.comparisons, vocabulary.measures)):
        compared = read_comparisons(text, chunks, vocabulary.measures.of_domain[domain], start)
    used, unused = (frozenset(chunks[i].start for i in each) for each in (compared.used, compared.unused))
    return Amounts(chunks, without(chunks, compared.used), compared, used, unused, domain)


def _only_domain(comparisons: Sequence[Comparison], measures: Measures) -> str | None:
    """Return the one domain whose items have all that is compared; None if there are others, or none."""
    told = {each.relation for each in comparisons if each.by != "third"}
    fits = [name for name, own in measures.of_domain.items() if told and told <= {m.name for m in own.every}]
    return fits[0] if len(fits) == 1 else None


def _measured_domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    """Return of which domain what is measured is: as said, else that of the titles that are named."""
    titled = {chunk.choices[0].domain for chunk in chunks if chunk.kind == "title" and chunk.choices}
    written = [a for a in chunks if a.kind == "entity" and a.held_roles == {"author"}]
    known = titled.pop() if len(titled) == 1 else _WRITTEN if written and _WRITTEN in domains else None
    return domain_said(chunks, domains) or known
