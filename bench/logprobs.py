"""The likeliest first tokens of a reply, where a server tells them, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

from langchain_core.messages import AIMessage

AROUND = " \t\n\"'`*_.,:!()Ġ▁"  # what tokenizers and models put around a word or a letter


def likeliest(reply: AIMessage) -> list[tuple[str, float]]:
    """Return the likeliest first tokens of a reply with log-probabilities; [] if a server gives none."""
    told = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    first = (told[0].get("top_logprobs") or ()) if told else ()
    return [(str(each["token"]), float(each["logprob"])) for each in first]


def probabilities(tokens: Iterable[tuple[str, float]], spellings: Mapping[str, str]) -> dict[str, float]:
    """Return the probability of everything that is said: the sum over its spellings.

    Args:
        tokens: tokens with log-probabilities; marks around a token and its case say nothing.
        spellings: a spelling in small letters -> what is said by it.
    """
    found: dict[str, float] = {}
    for token, logprob in tokens:
        name = spellings.get(token.strip(AROUND).casefold())
        if name is not None:
            found[name] = found.get(name, 0.0) + exp(logprob)
    return found
