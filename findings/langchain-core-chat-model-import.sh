#!/bin/sh
# langchain-core 1.7.2 with langsmith 0.14.17: importing the base class of chat models loads the whole LangSmith client, its
# HTTP session and its models of datasets and sandboxes, though nothing is traced; importing messages loads none of it. The
# tracers import it for their type of run, so no setting keeps it out.
# Seen: messages 0 modules of langsmith; chat models more than 100, `langsmith.client` and `requests` among them. Fails if
# that changes. Usher says its first line before it imports models, and lets garbage collections wait while it does.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check langchain-core==1.7.2 langsmith==0.14.17
LANGSMITH_TRACING=false "$folder/venv/bin/python" - <<'PYTHON'
import sys

import langchain_core.messages


def loaded() -> int:
    return sum(name.partition(".")[0] == "langsmith" for name in sys.modules)


before = loaded()
import langchain_core.language_models.chat_models

after = loaded()
print({"messages": before, "chat models": after, "requests": "requests" in sys.modules})
assert before == 0
assert after > 100
assert "langsmith.client" in sys.modules and "requests" in sys.modules
PYTHON
