"""Commands at a terminal: one place that turns what can go wrong into a message and an exit code.

0 is success, 1 an answer that could not be given, 2 bad input or usage, 130 an interrupt.
"""

from __future__ import annotations

import sys

import typer

from agent.llm.errors import LimitReached, NotRecorded, Unanswered
from agent.llm.secrets import masked
from agent.output_encoding import speak_any_encoding
from agent.phrasing import printable
from kg.errors import DataError, UsageError
from kg.folders import ELSEWHERE, why_unwritable


def run_app(app: typer.Typer) -> None:
    """Run a command-line app; errors that a person can mend are said without a traceback."""
    speak_any_encoding()
    try:
        app()
    except (DataError, UsageError) as error:
        _say(f"error: {error}")
        sys.exit(2)
    except (LimitReached, NotRecorded, Unanswered) as error:
        _say(f"error: {error}")
        sys.exit(1)
    except OSError as error:
        where = error.filename2 or error.filename or "a file"
        if why := why_unwritable(error):
            _say(f"error: {where}: {why}\n  {ELSEWHERE}")
            sys.exit(2)
        _say(f"error: {where}: {error.strerror or error}\n  Check that it can be read and written.")
        sys.exit(2)
    except KeyboardInterrupt:
        _say("interrupted")
        sys.exit(130)


def _say(text: str) -> None:
    shown = "\n".join(map(printable, masked(text).split("\n")))
    sys.stderr.write(shown + "\n")
