"""Names in what is told around a wish: whose taste they are, and whether they bound what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.partial import RoleConstraint
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, is_told_of
from agent.builtin.parse.logic import is_conceded, is_of_others
from agent.builtin.parse.names_told import names_told
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.phrases import Phrases, said_after, said_before
from agent.builtin.parse.tastes_told import tastes_told

_LONG = 30  # chunks; a longer message tells a story
_ASKING = (words("clauses", "clear wish") | words("stories", "asking")) - words("stories", "liked as well")
_WATCHED = frozenset("rewatched watched saw seen finished reread watching rewatching".split())
_POINTING = words("stories", "pointing back")
_WHO = words("stories", "whose taste")
_LOVERS = words("stories", "after whom somebody likes")
_WELCOME = Phrases(tables("stories")["welcome"])
_BEFORE_WELCOME = Phrases(tables("stories")["before what is welcome"])


def of_the_asker(chunks: Sequence[Chunk], wanted: Sequence[RoleConstraint]) -> list[RoleConstraint]:
    """Leave out what others like, unless it is all that is said: "my aunt loves X"; and who is told of."""
    told = names_told(chunks) | tastes_told(chunks)
    wanted = [each for each in wanted if not is_told_of(chunks, each.name) and each.name not in told]
    own = [each for each in wanted if not is_of_others(chunks, each.name)] or wanted
    return [each for each in own if not is_conceded(chunks, each.name)]


def told_likes(chunks: Sequence[Chunk], wanted: Sequence[RoleConstraint]) -> list[RoleConstraint]:
    """Return the names that are only welcome, or only told to be liked beside a wish for something else.

    'He likes NOLAN, I like AUSTEN. We both … Could you suggest science fiction films': neither is asked for.
    """
    loose = [each for each in wanted if not each.roles and _is_maker(chunks[each.name])]
    others = len(wanted) > 1 or any(chunk.kind == "category" for chunk in chunks)
    soft = [each for each in wanted if others and _is_welcome(chunks, each.name)]
    soft += [each for each in loose if each not in soft and _is_liked_with_titles(chunks, each.name)]
    soft += [each for each in loose if each not in soft and _is_of_watched(chunks, each.name, wanted)]
    return soft or _only_told(chunks, loose)


def _is_liked_with_titles(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody is liked in one breath with titles: 'I like TARANTINO, Mad Max and Alien'."""
    place = i + 1
    while place < len(chunks) and chunks[place].text in (",", "and", "or", "&"):
        place += 1
    listed = i + 1 < place < len(chunks) and chunks[place].kind == "title"
    said = [chunk.text for chunk in chunks[max(0, i - 3) : i]]
    return listed and said[:1] != [] and bool(words("clauses", "liking now") & set(said[-2:]))


def _is_of_watched(chunks: Sequence[Chunk], i: int, wanted: Sequence[RoleConstraint]) -> bool:
    """Tell whether a name only tells of a title that was watched, and somebody else is asked for.

    'I rewatched Heat, PACINO at the diner. Which other Mann film should I see?'
    """
    told = [chunk for chunk in chunks if chunk.sentence == chunks[i].sentence]
    watched = any(chunk.kind == "title" for chunk in told) and _WATCHED & {chunk.text for chunk in told}
    if not watched or _ASKING & {chunk.text for chunk in told}:
        return False
    asked = {chunks[each.name].sentence for each in wanted} - {chunks[i].sentence}
    asking = _ASKING | {"which", "what", "other", "else", "more"}
    return any(chunk.sentence in asked and chunk.text in asking for chunk in chunks)


def _is_welcome(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name would be welcome and is no must: 'Julia Roberts IS A PLUS'."""
    after = said_after(chunks, i + 1, _WELCOME) or said_after(chunks, i + 2, _WELCOME)
    before = said_before(chunks, i, _BEFORE_WELCOME) or said_before(chunks, i - 1, _BEFORE_WELCOME)
    return _is_maker(chunks[i]) and bool(after or before)


def _only_told(chunks: Sequence[Chunk], loose: Sequence[RoleConstraint]) -> list[RoleConstraint]:
    if len(chunks) < _LONG or not loose:
        return []
    each_clause = clauses(chunks)
    asking = [clause for clause in each_clause if _wishes(chunks, clause)]
    said = {chunks[i].text for clause in asking for i in clause}
    own = any(chunks[i].kind == "category" for clause in asking for i in clause)
    if not own or _POINTING & said:
        return []
    asked = {i for clause in asking for i in clause}
    return [each for each in loose if each.name not in asked and _is_liked(chunks, each_clause, each.name)]


def _is_maker(chunk: Chunk) -> bool:
    return bool(chunk.choices) and chunk.kind == "entity" and not is_place(chunk)


def _wishes(chunks: Sequence[Chunk], clause: range) -> bool:
    """Tell whether a clause asks in so many words, or names a kind with no verb of liking."""
    said = [chunks[i].text for i in clause]
    if _ASKING & set(said):
        return True
    items = bool(ITEM_NOUNS & set(said)) or any(chunks[i].kind == "category" for i in clause)
    return said[0] in words("clauses", "starts") and items


def _is_liked(chunks: Sequence[Chunk], each_clause: Sequence[range], i: int) -> bool:
    """Tell whether somebody is told to like what stands at `i`."""
    clause = next(clause for clause in each_clause if i in clause)
    after = {chunks[j].text for j in range(i + 1, min(i + 3, clause.stop))}
    taste = bool(after & _LOVERS) and chunks[clause.start].text in (
        "i",
        "im",
        "he",
        "she",
        "hes",
        "shes",
        "we",
    )
    return taste or any(chunks[j].text in _WHO for j in range(clause.start, i))
