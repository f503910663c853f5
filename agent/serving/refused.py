"""What a server does not answer, whatever protocol it is said in."""

from __future__ import annotations

UNREACHABLE = "database_unreachable"  # the code of what may be tried again


class Refused(Exception):  # noqa: N818 - said to a client, not a fault of ours
    """A request that is not answered: `param` is the field of the request, `code` a word for programs."""

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None):
        super().__init__(message)
        self.param = param
        self.code = code
