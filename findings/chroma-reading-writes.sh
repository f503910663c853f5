#!/bin/sh
# chromadb 1.5.9: a collection that is only read is written to. Every process that opens a PersistentClient and asks one
# query leaves another chroma.sqlite3 behind (that is the tables of migrations, no item changed), so a checksum of the folder
# tells nothing about damage, and an index can be opened only where its folder may be written to. The arrays of the index
# beside it (data_level0.bin and others) keep their bytes: those can be compared.
# Seen: 1,200 vectors; chroma.sqlite3 differs after each of two readings, no other file does. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chromadb==1.5.9
cat > "$folder/read.py" <<'PYTHON'
import sys

import chromadb
from chromadb.config import Settings

client = chromadb.PersistentClient(sys.argv[1], settings=Settings(anonymized_telemetry=False))
if sys.argv[2] == "fill":
    vectors = [[float(n % 7), float(n % 11), float(n % 13)] for n in range(1200)]
    client.create_collection("items", embedding_function=None).add(ids=[str(n) for n in range(1200)], embeddings=vectors)
else:
    found = client.get_collection("items", embedding_function=None).query(query_embeddings=[[1.0, 2.0, 3.0]], n_results=1)
    assert len(found["ids"][0]) == 1
PYTHON
"$folder/venv/bin/python" "$folder/read.py" "$folder/db" fill
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

folder = Path(sys.argv[1])


def hashes():
    files = [path for path in sorted((folder / "db").rglob("*")) if path.is_file()]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


changed = []
for _ in range(2):
    before = hashes()
    subprocess.run([sys.executable, folder / "read.py", folder / "db", "read"], check=True)
    after = hashes()
    changed.append(sorted(name for name in after if before.get(name) != after[name]))
print("changed by reading:", changed, "of", sorted(after))
assert changed == [["chroma.sqlite3"], ["chroma.sqlite3"]]
assert "data_level0.bin" in after
PYTHON
