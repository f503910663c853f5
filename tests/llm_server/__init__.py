"""A language-model server on loopback for tests: the chat-completions protocol over real sockets.

What it replies comes from a brain: a script, the built-in model, or one that does whatever it is asked.
Faults are injected at a given rate, decided by seed, request and attempt, so that threads do not matter.
"""

from llm_server.brains import Builtin, Script, obliging
from llm_server.faults import KINDS, Faults
from llm_server.replies import Failure, Raw, calls, events, fails, raw, says
from llm_server.server import Server

__all__ = [
    "KINDS",
    "Builtin",
    "Failure",
    "Faults",
    "Raw",
    "Script",
    "Server",
    "calls",
    "events",
    "fails",
    "obliging",
    "raw",
    "says",
]
