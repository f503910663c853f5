"""Claims of what can be compared: 'Heat, which is under two hours'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft

_NEAR = 4  # lexemes from a title to what is said of it
_TOLD = frozenset("which that is was at runs lasts costs being has s".split())


def read_claims(draft: Draft) -> None:
    """Turn comparisons that are told of a title beside them into claims: 'Heat, which is under two hours'."""
    claimed = []
    for comparison, span in draft.placed:
        first = span.start
        title = _title_before(draft, first)
        if title and comparison.value:
            claimed.append(comparison)
            draft.claims.append((title, comparison))
    draft.comparisons = [each for each in draft.comparisons if each not in claimed]


def _title_before(draft: Draft, first: int) -> str:
    """Return the title that a relative clause or a verb joins with what begins at a lexeme; '' if none."""
    between: list[str] = []
    for i in range(first - 1, max(-1, first - 1 - _NEAR), -1):
        place = draft.said[i].place
        if draft.said[i].named and place >= 0 and draft.chunks[place].kind == "title":
            told = _TOLD & set(between)
            return draft.chunks[place].text if told and not {"than", "like", "but"} & set(between) else ""
        if draft.said[i].text not in _TOLD | {",", "only", "just", "well", "not"}:
            return ""
        between.append(draft.said[i].text)
    return ""
