# Two commands do everything: `make serve` and `make test`. Both set up .venv from the pinned requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED ?= ../shared
STORE ?= .store

.PHONY: serve test test-kill setup format lint types score lock clean

serve: setup
	$(BIN)/banggiao build --store $(STORE)
	$(BIN)/banggiao serve --store $(STORE)

test: setup lint types
	$(BIN)/pytest

# Slow suites, by name: this one kills twenty ingests under a live server.
test-kill: setup
	$(BIN)/pytest -m slow -s tests/test_killed_ingest.py

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "banggiao needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: setup
	$(BIN)/mypy

# The evaluation corpus is not part of the project; without it this target says so.
score: setup
	@test -d $(SHARED)/corpus || { echo "make score needs the evaluation corpus at $(SHARED)/corpus"; exit 1; }
	@mkdir -p build
	@$(BIN)/banggiao extract $(SHARED)/corpus/seeds --entities all > build/seeds.jsonl
	@$(BIN)/banggiao extract $(SHARED)/corpus/dev --entities all --manifest $(SHARED)/corpus/dev-manifest.json > build/dev.jsonl
	@echo "== seeds"; $(BIN)/python $(SHARED)/eval/score.py $(SHARED)/corpus/gold-seeds.jsonl build/seeds.jsonl
	@echo "== dev"; $(BIN)/python $(SHARED)/eval/score.py $(SHARED)/corpus/gold-dev.jsonl build/dev.jsonl

# Pins anew from the ranges in pyproject.toml; the lock holds no index address.
lock: setup
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--all-extras --upgrade pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) $(STORE) build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
