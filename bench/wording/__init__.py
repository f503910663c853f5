"""Words for plans, the built-in query writer.

It knows no reader of requests and shares no table with one.
"""

from bench.wording.check import kept, leaked
from bench.wording.polish import skeleton
from bench.wording.write import VERSION, compose, write

__all__ = ["VERSION", "compose", "kept", "leaked", "skeleton", "write"]
