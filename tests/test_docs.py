"""What is generated in the docs is what the commands say: help texts, transcripts, worked examples."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def test_the_generated_docs_are_current() -> None:
    command = [sys.executable, str(REPOSITORY / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_reading_has_three_worked_examples() -> None:
    page = (REPOSITORY / "docs" / "reading.md").read_text(encoding="utf-8")
    assert len(re.findall(r"<!-- usher ask --trace: .+ -->\n```text\n\$ usher ask", page)) == 3


def test_every_relative_link_of_the_docs_leads_somewhere() -> None:
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")]
    links = [
        (p, link) for p in pages for link in re.findall(r"\]\(([^)#:]+)\)", p.read_text(encoding="utf-8"))
    ]
    assert [(str(page), link) for page, link in links if not (page.parent / link).exists()] == []
