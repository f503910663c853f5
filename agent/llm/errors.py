"""What can go wrong between Usher and a language model."""

from __future__ import annotations

import re

_NO_ANSWER = re.compile(r"^the model server (\S+) gave no answer( after \d+ attempts)?: ")


class Unanswered(Exception):  # noqa: N818 - reads as what it says
    """A model gave no answer. The message says what came and what to do; the cause is the last failure."""

    @property
    def reason(self) -> str:
        """What came, in one line, without the words that say that it was no answer."""
        return _NO_ANSWER.sub(r"\1\2: ", " ".join(str(self).split()))


class TooLong(Unanswered):
    """A conversation does not fit into what a model can read; a shorter one may."""


class LimitReached(Exception):  # noqa: N818 - a stop that was asked for
    """The next call would spend more than was allowed; with a higher limit the run goes on."""


class NotRecorded(Exception):  # noqa: N818 - names what is missing
    """A replay holds no reply to a request, so this run asks something that the recorded one did not."""


class CutOff(ConnectionError):  # noqa: N818
    """A reply ended in the middle."""


class BadReply(ConnectionError):  # noqa: N818
    """A server said success and sent no completion."""


class ErrorInReply(BadReply):
    """A server said success and sent an error; `status` is the one that the error names, if any."""

    def __init__(self, reason: str, status: int | None = None):
        super().__init__(reason)
        self.status = status


class Silence(TimeoutError):  # noqa: N818
    """A server sent nothing for too long; `begun`: it had sent a part of the reply before."""

    def __init__(self, seconds: float, *, begun: bool):
        super().__init__(
            f"nothing came for {seconds:g} s, " + ("after a part" if begun else "from the start")
        )
        self.begun = begun
