"""Answers requests with the packages of whatever checkout is on the path, a line each, and says what it cost.

Run by `bench.speed_turn` as a script: it may use nothing that older checkouts do not have.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from pathlib import Path


def main(catalogue: str, data: str) -> None:
    """Read a JSON string a line from standard input; write a JSON object a line.

    `items`: ids in the order shown. `cpu`: seconds of this process. Of `{"link": text}` names are only
    linked, and `items` are what they are called. With `null` instead of a request, memory
    is traced from then on, and lines hold the `peak` of the turn in bytes instead.
    """
    from agent.assistant import Assistant
    from tools.link import link_entities

    assistant = Assistant(catalogue, data=Path(data) if data else None)
    _say({})
    for line in sys.stdin:
        request = json.loads(line)
        if request is None:
            tracemalloc.start()
            _say({})
            continue
        tracing = tracemalloc.is_tracing()
        if tracing:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
        begun = time.process_time()
        if isinstance(request, dict):
            found = link_entities(assistant.knowledge, request["link"]).mentions
        else:
            answer = assistant.ask(request).answer
        spent = time.process_time() - begun
        if isinstance(request, dict):
            items = [mention.candidates[0].label for mention in found]
        else:
            items = [item["id"] for item in answer["items"]]
        if tracing:
            _say({"items": items, "peak": tracemalloc.get_traced_memory()[1] - before})
        else:
            _say({"items": items, "cpu": spent})


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
