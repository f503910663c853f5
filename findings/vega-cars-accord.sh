#!/bin/sh
# vega-datasets 0.9.0, cars.json: four Hondas are called "Accelerationord" where the car is the Accord. The file's columns
# were renamed once (acc -> Acceleration) and the rename ran through the cells too, so no car here is found by the name
# that people say. The other 402 names are untouched.
# Seen: {'accord': 0, 'accelerationord': 4} of 406 rows. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vega-datasets==0.9.0
"$folder/venv/bin/python" - <<'PYTHON'
import json
from importlib.resources import files

rows = json.loads(files("vega_datasets").joinpath("_data/cars.json").read_text(encoding="utf-8"))
names = [row["Name"].casefold() for row in rows]
seen = {part: sum(part in name for name in names) for part in ("accord", "accelerationord")}
print(seen, "of", len(rows), "rows")
assert (seen, len(rows)) == ({"accord": 0, "accelerationord": 4}, 406)
PYTHON
