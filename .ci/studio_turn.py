"""Start `langgraph dev` once, hold a conversation of two turns over its API, and look at what comes back.

`make test-studio` runs it with the Python of the environment that has `langgraph`. Standard library only.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]
TURNS = (
    ("films with the same cinematographer as Jaws", "The Conversation (1974)"),
    ("only comedies", "Stripes (1981)"),
)
START, ANSWER = 90, 120  # seconds
_SAID = 40  # lines of the server that are shown where it fails


def main() -> int:
    """Return the exit code."""
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="usher-studio-") as home, tempfile.TemporaryFile("w+") as log:
        server = _started(port, home, log)
        try:
            _await(f"http://127.0.0.1:{port}", server)
            said = _checked(f"http://127.0.0.1:{port}")
        except (OSError, AssertionError, LookupError) as error:
            log.seek(0)
            sys.stderr.write(
                "".join(log.readlines()[-_SAID:]) + f"\nerror: {type(error).__name__}: {error}\n"
            )
            return 1
        finally:
            server.terminate()
            server.wait(30)
    sys.stdout.write(f"{said}\nStudio answered over its API; {time.monotonic() - begun:.0f} s\n")
    return 0


def _started(port: int, home: str, log: Any) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).parent / "langgraph"), "dev", "--no-browser", "--no-reload"]
    environment = os.environ | {"USHER_HOME": home, "LANGSMITH_TRACING": "false"}
    place = ["--host", "127.0.0.1", "--port", str(port)]
    return subprocess.Popen(
        [*command, *place], cwd=REPOSITORY, env=environment, stdout=log, stderr=subprocess.STDOUT, text=True
    )


def _await(address: str, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ConnectionError(f"langgraph dev ended with {server.returncode}")
        try:
            _call(f"{address}/ok", seconds=2)
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"nothing answered at {address} within {START} s")


def _checked(address: str) -> str:
    """Return the last words of a conversation, after looking at its messages and at the graph's schemas."""
    graph = _call(f"{address}/assistants/search", {"graph_id": "usher"})[0]["assistant_id"]
    schemas = _call(f"{address}/assistants/{graph}/schemas")
    for name in ("input_schema", "output_schema", "state_schema"):
        held = (schemas[name] or {}).get("properties", {})
        assert "messages" in held, f"{name} has no messages: {schemas[name]}"
    thread = _call(f"{address}/threads", {})["thread_id"]
    last = {"content": ""}
    for request, title in TURNS:
        sent = {"assistant_id": "usher", "input": {"messages": [{"role": "user", "content": request}]}}
        state = _call(f"{address}/threads/{thread}/runs/wait", sent, seconds=ANSWER)
        assert "messages" in state, f"no messages came back: {state}"
        last = state["messages"][-1]
        assert (last["type"], last["content"]) == ("ai", state["answer"]["text"]), last
        assert title in last["content"], f"{request!r} was answered with {last['content']!r}"
    return str(last["content"])


def _call(url: str, body: Any = None, *, seconds: float = 30) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{url}: {error.code} {error.read()[:300]!r}") from error


if __name__ == "__main__":
    sys.exit(main())
