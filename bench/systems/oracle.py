"""The ceiling: the truth itself."""

from __future__ import annotations

from bench.types import Answer, AnswerCorrection, Query


class Oracle:
    """Answers with the truth of a query; what it does not reach, nobody can under these metrics."""

    def answer(self, query: Query) -> Answer:
        """Return the truth, and the corrections of the claims if there are any."""
        corrections = [
            AnswerCorrection(
                items=claim.items,
                relation=claim.relation,
                claimed=claim.claimed,
                true=sorted(claim.truths),
            )
            for claim in query.claims
        ]
        ignored = set(query.ignore)
        return Answer(
            id=query.id,
            items=[item for item in query.ground_truth if item not in ignored],
            corrections=corrections,
        )
