#!/bin/sh
# scipy 1.17.1 with numpy 2.4.6: importing scipy.sparse loads numpy's Fortran wrapper generator (numpy.f2py), numpy.testing
# with unittest: its layer for array libraries takes every name that numpy has, and numpy imports the lazy ones when they are
# taken. numpy alone loads none of them.
# Seen: False before, True after for all three; 248 modules more. Fails if that changes (below 150 modules).
# Usher imports scipy where taste is first asked for: answers by facts start without it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy

names = ("numpy.f2py", "numpy.testing", "unittest")
before, modules = [name in sys.modules for name in names], len(sys.modules)
import scipy.sparse

after = [name in sys.modules for name in names]
print(dict(zip(names, zip(before, after))), len(sys.modules) - modules, "modules more")
assert not any(before)
assert all(after)
assert len(sys.modules) - modules > 150
PYTHON
