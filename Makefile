# The verbs of working on Dealwire. `make help` lists them.

# The first Python that is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Address of an index with PyTorch's CPU builds, where the default one would fetch the CUDA build.
TORCH_INDEX ?=
Q ?= when is the licence deadline?
SEEDS_DIR := data/seeds

export HF_HUB_OFFLINE ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup ask demo chat test check format bench bench-million evaluate fit train pictures clean

help:  ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## Build .venv with everything in it (TORCH_INDEX=… for another place to take torch from)

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Dealwire needs Python 3.11 or newer; install it, or name one: make setup PYTHON=…" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(if $(TORCH_INDEX),$(BIN)/pip install --index-url $(TORCH_INDEX) torch==2.13.0)
	$(BIN)/pip install -e '.[dev]'
	@touch $(READY)

ask: $(SEEDS_DIR)/.read  ## Answer a question from the sample articles (Q="…")
	@$(BIN)/dealwire ask --data-dir $(SEEDS_DIR) "$(Q)"

$(SEEDS_DIR)/.read: $(READY) $(shell find seeds -type f)
	@mkdir -p $(SEEDS_DIR)
	$(BIN)/dealwire ingest --data-dir $(SEEDS_DIR) seeds
	@touch $@

demo: $(READY)  ## Open the bot on an offline Discord in the browser: no token, no account
	@$(BIN)/dealwire demo

chat: $(READY)  ## The same conversation in the terminal
	@$(BIN)/dealwire chat

test: $(READY)  ## Run all tests, a file at a time on each core
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

check: $(READY)  ## Lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)  ## Format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## Measure speed: ratios taken in one run, a burst of questions, articles that arrive
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.burst
	$(BIN)/python -m tests.bench.arrival

bench-million: $(READY)  ## Measure search over a million made passages: a quarter of an hour, 5 GB
	$(BIN)/python -m tests.bench.million

evaluate: $(READY)  ## Ask every gold question and print how well it was answered (SETS="folder …")
	$(BIN)/python -m tests.evaluate $(SETS)

fit: $(READY)  ## Fit the weights of index/answer/decide.py anew and print them (SETS="folder …")
	$(BIN)/python -m tests.evaluate.fit $(SETS)

train: $(READY)  ## Train the reader anew, which takes hours (DATA=folder OUT=file)
	$(BIN)/python -m index.reader.train --data $(DATA) --out $(OUT)

pictures: $(SEEDS_DIR)/.read  ## Draw the README's pictures anew (those of Discord want Debian's chromium)
	$(BIN)/pip install --quiet -e '.[dev,pictures]'
	$(BIN)/python -m docs.make_pictures
	$(BIN)/python -m docs.discord_pictures

clean:  ## Remove what was made: the environment, caches, sample data
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis
