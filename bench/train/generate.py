"""Greedy replies of a model to many chats at once, in batches of like length.

Within a batch the shorter prompts are padded, which can change a last digit, so the batches of the same chats
are always the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bench.optional import library
from bench.train.base import EXTRA

Body = Mapping[str, Any]  # of a request, in OpenAI's form
_ROOM = 256  # tokens of a reply where a request sets no limit


class Generator:
    """Writes completions to the requests of chats."""

    def __init__(self, model: Any, tokenizer: Any, batch: int = 16):
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.batch = batch

    def replies(self, bodies: Sequence[Body], tick: Callable[[], None] = lambda: None) -> Iterator[Any]:
        """Yield `(place, completion)` of every request, the shortest first."""
        prompts = [self._prompt(body["messages"]) for body in bodies]
        order = sorted(range(len(bodies)), key=lambda place: (len(prompts[place]), place))
        free = [place for place in order if not bodies[place].get("response_format")]
        for start in range(0, len(free), self.batch):
            places = free[start : start + self.batch]
            room = max(int(bodies[place].get("max_tokens") or _ROOM) for place in places)
            said = self._written([prompts[place] for place in places], room)
            for place, tokens in zip(places, said, strict=True):
                tick()
                yield place, self._completion(bodies[place], prompts[place], tokens, room)
        for place in order:
            if bodies[place].get("response_format"):
                tick()
                text = self._decided(prompts[place], bodies[place]["response_format"])
                yield place, self._completion(bodies[place], prompts[place], self._tokens(text), _ROOM)

    def _prompt(self, messages: Sequence[Any]) -> list[int]:
        encoded = self.tokenizer.apply_chat_template(
            list(messages), add_generation_prompt=True, tokenize=True, return_dict=True
        )
        return list(encoded["input_ids"])

    def _tokens(self, text: str) -> list[int]:
        return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def _written(self, prompts: Sequence[list[int]], room: int) -> list[list[int]]:
        """Return the tokens that follow prompts, without the end mark and what is behind it."""
        torch = library("torch", EXTRA)
        given = self.tokenizer.pad({"input_ids": list(prompts)}, return_tensors="pt").to(self.model.device)
        with torch.inference_mode():
            out = self.model.generate(**given, max_new_tokens=room, do_sample=False)
        ends = {self.tokenizer.eos_token_id, self.tokenizer.pad_token_id}
        return [_until(row, ends) for row in out[:, given["input_ids"].shape[1] :].tolist()]

    def _decided(self, prompt: list[int], form: Body) -> str:
        """Return an object of a schema of enumerations, of each the value that the model would write.

        As under a grammar, the values are told apart token by token.
        """
        said = "{"
        for key, kind in form["json_schema"]["schema"]["properties"].items():
            head = f"{said}{', ' if said != '{' else ''}{json.dumps(key, ensure_ascii=False)}: "
            texts = [json.dumps(value, ensure_ascii=False) for value in kind["enum"]]
            said = head + texts[self._likeliest(prompt + self._tokens(head), texts)]
        return said + "}"

    def _likeliest(self, before: list[int], texts: Sequence[str]) -> int:
        torch = library("torch", EXTRA)
        options = [self._tokens(text) for text in texts]
        padded = self.tokenizer.pad(
            {"input_ids": [before + option for option in options]}, return_tensors="pt", padding_side="right"
        ).to(self.model.device)
        with torch.inference_mode():
            logits = self.model(**padded).logits.float()
        start = len(before) - 1
        scores = [
            [float(logits[row, start + place, token]) for place, token in enumerate(option)]
            for row, option in enumerate(options)
        ]
        return walked(options, scores)

    def _completion(self, body: Body, prompt: list[int], tokens: list[int], room: int) -> dict[str, Any]:
        text = self.tokenizer.decode(tokens, skip_special_tokens=True).strip()
        return {
            "object": "chat.completion",
            "model": body["model"],
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "length" if len(tokens) >= room else "stop",
                    "message": {"role": "assistant", "content": text},
                }
            ],
            "usage": {
                "prompt_tokens": len(prompt),
                "completion_tokens": len(tokens),
                "total_tokens": len(prompt) + len(tokens),
            },
        }


def walked(options: Sequence[Sequence[int]], scores: Sequence[Sequence[float]]) -> int:
    """Return the option that a greedy choice between next tokens ends in; of equal ones the first.

    Args:
        options: tokens of each option.
        scores: of each of these tokens, given those before it.
    """
    left, depth = list(range(len(options))), 0
    while len(left) > 1:
        going = [place for place in left if depth < len(options[place])]
        if not going:
            break
        best = max(going, key=lambda place: (scores[place][depth], -place))
        token = options[best][depth]
        left, depth = [place for place in going if options[place][depth] == token], depth + 1
    return left[0]


def _until(tokens: Sequence[int], ends: set[int]) -> list[int]:
    stop = next((place for place, token in enumerate(tokens) if token in ends), len(tokens))
    return list(tokens[:stop])
