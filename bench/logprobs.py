"""The likeliest first tokens of a reply, where a server tells them."""

from __future__ import annotations

from langchain_core.messages import AIMessage

AROUND = " \t\n\"'`*_.,:!()Ġ▁"  # what tokenizers and models put around a word or a letter


def likeliest(reply: AIMessage) -> list[tuple[str, float]]:
    """Return the likeliest first tokens of a reply with log-probabilities; [] if a server gives none."""
    told = (reply.response_metadata.get("logprobs") or {}).get("content") or []
    first = (told[0].get("top_logprobs") or ()) if told else ()
    return [(str(each["token"]), float(each["logprob"])) for each in first]
