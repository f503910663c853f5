"""What several people like who want something together: 'she likes westerns, I like musicals'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses
from agent.builtin.parse.negation import is_negated

_TOGETHER = frozenset("we us both together everyone everybody".split())
_ASKS = frozenset(("what", "which", "something", "anything", "any", "suggest", "recommend", "find"))
_WISHING = words("lists", "wishing for oneself")
_LIKING = words("lists", "liking") - {"fan", "fans", "like"} | {"like", "likes"} | _WISHING
_OWNERS = words("parts", "owners")
_PRONOUNS = frozenset("i he she they im hes shes".split())
_TWO = 2


def shared_tastes(chunks: Sequence[Chunk]) -> tuple[int, ...]:
    """Return the places of kinds that different people like, where something is wanted for all of them."""
    each = clauses(chunks)
    tastes = [(who, i) for clause in each for who, i in _taste(chunks, clause)]
    if len(tastes) < _TWO:
        return ()
    others = [clause for clause in each if not any(i in clause for _, i in tastes)]
    last = max(i for _, i in tastes)
    after = [chunk.text for chunk in chunks[last:] if chunk.sentence == chunks[last].sentence]
    said = [{chunk.text for chunk in chunks[clause.start : clause.stop]} for clause in others]
    wanted = any(_TOGETHER & here and _ASKS & here for here in (*said, set(after)))
    wished = [{chunk.text for chunk in chunks[clause.start : clause.stop]} & _WISHING for clause in each]
    wanted = wanted or sum(map(bool, wished)) >= _TWO  # 'she WANTS a western, he would RATHER have a musical'
    own = any(chunks[i].kind == "category" for clause in others for i in clause)
    several = len({who for who, _ in tastes}) >= _TWO and len({chunks[i].best_id for _, i in tastes}) >= _TWO
    whole = len({chunks[i].start for _, i in tastes}) == len(tastes)  # a rom-com is two kinds at once
    return tuple(i for _, i in tastes) if wanted and several and whole and not own else ()


def _taste(chunks: Sequence[Chunk], clause: range) -> list[tuple[str, int]]:
    """Return who likes something in a clause, and the kinds that they like."""
    said = [chunks[i].text for i in clause]
    who = " ".join(said[:2]) if said[0] in _OWNERS else said[0]
    if not (said[0] in _OWNERS or said[0] in _PRONOUNS) or _LIKING.isdisjoint(said):
        return []
    liked = (i for i in clause if _is_taste(chunks[i]) and not is_negated(chunks, i))
    return [(who, i) for i in liked]


def _is_taste(chunk: Chunk) -> bool:
    """Tell whether a kind is liked, or a series: 'he loves FAST AND FURIOUS'."""
    series = any("series" in choice.roles for choice in chunk.choices[:1])
    return chunk.kind == "category" or (chunk.kind == "entity" and series)
