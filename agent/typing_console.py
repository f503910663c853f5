"""A terminal to type at: the prompt stays on arrow keys, and the tab key completes what was begun.

Python's own readline does it: it is there with Python, keeps the lines that were typed (`agent.typed`), and
one line at a time is all that is typed here. Where it is missing (Windows) lines are read without it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from agent.phrasing import printable

Complete = Callable[[str], Sequence[str]]
_SHOWN = 24  # completions that are listed at once
_HIDE, _SHOW = "\001", "\002"  # tell readline that what is between them takes no room


class TypingConsole(Console):
    """A console whose prompts readline knows."""

    def input(self, prompt: str | Text = "", **options: Any) -> str:
        """Return a typed line.

        Raises:
            EOFError: there is none any more.
        """
        if not _has_readline():
            return super().input(prompt, **options)
        self._prompt = self.marked(prompt if isinstance(prompt, Text) else Text(prompt))
        return input(self._prompt)

    def completing(self, complete: Complete) -> None:
        """Complete lines: `complete` gives the whole lines that a line may become."""
        if not _has_readline():
            return
        import readline

        found: list[str] = []

        def completion(line: str, place: int) -> str | None:
            if place == 0:
                self._on_screen = readline.get_line_buffer()
                found[:] = complete(line)
            return found[place] if place < len(found) else None

        readline.set_completer_delims("")  # a title has spaces
        readline.set_completer(completion)
        bsd = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if bsd else "tab: complete")
        if not bsd:
            readline.parse_and_bind("set completion-ignore-case on")
            readline.parse_and_bind("set show-all-if-ambiguous on")
            readline.set_completion_display_matches_hook(self._list)

    def _list(self, _: str, matches: Sequence[str], __: int) -> None:
        """Show what a line may become, without the part that is typed, and the line again.

        Readline has perhaps added to the line by now, but draws that only afterwards.
        """
        start = matches[0].rfind(" ", 0, _common(matches)) + 1
        shown = [printable(each[start:]) for each in matches[:_SHOWN]]
        left = len(matches) - len(shown)
        self.print()
        self.print(Text("  ".join(shown) + (f"  and {left} more" if left > 0 else ""), style="dim"))
        sys.stdout.write(f"{self._prompt.replace(_HIDE, '').replace(_SHOW, '')}{self._on_screen}")
        sys.stdout.flush()

    def marked(self, prompt: Text) -> str:
        """Return a prompt as printed here, with the codes in it marked for readline."""
        with self.capture() as capture:
            self.print(prompt, end="")
        before, plain, after = capture.get().partition(prompt.plain)
        return "".join((_hidden(before), plain, _hidden(after)))


def _common(lines: Sequence[str]) -> int:
    """Return how many characters lines begin with alike."""
    first, last = min(lines), max(lines)
    return next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))


def _hidden(codes: str) -> str:
    return f"{_HIDE}{codes}{_SHOW}" if codes else ""


def _has_readline() -> bool:
    return "readline" in sys.modules and sys.stdin.isatty() and sys.stdout.isatty()
