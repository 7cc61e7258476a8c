# Two commands do everything: `make serve` and `make test`. Both set up .venv from the pinned requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED ?= ../shared
STORE ?= .store
TEST_JOBS ?= 2
LIGHTHOUSE := build/lighthouse/node_modules/lighthouse/cli/index.js
HTML_CHECKER := build/html-checker/node_modules/vnu-jar/build/dist/vnu.jar
EVENTS ?= 10000 100000

.PHONY: serve test test-api test-browser screenshots lighthouse html-checker examples test-kill test-faults test-slow fuzz bench bench-building bench-service bench-pages attack setup format lint types score calibrate coverage messages lock clean

serve: setup
	$(BIN)/banggiao build --store $(STORE)
	$(BIN)/banggiao serve --store $(STORE)

# Side by side: one after the other the tests take ten minutes.
test: setup lint types
	$(BIN)/pytest --numprocesses $(TEST_JOBS) --dist worksteal

# Everything that the OpenAPI description allows and forbids, ten times as many cases as in the tests.
test-api: setup
	$(BIN)/pytest -m slow -s tests/test_schemathesis.py

# Every page in Chromium through axe-core: both sizes, both schemes, both languages. The walk through them is in the tests.
test-browser: setup
	$(BIN)/pytest -m slow tests/test_browser.py

# Pictures of every page, for people to look at; needs chromium.
screenshots: setup
	$(BIN)/banggiao build --store $(STORE)
	PYTHONPATH=tests $(BIN)/python tests/screenshots.py $(STORE) build/screenshots

# Lighthouse over every page; minutes, and 190 MB of npm packages, pinned by their hashes.
lighthouse: setup $(LIGHTHOUSE)
	$(BIN)/banggiao build --store $(STORE)
	PYTHONPATH=tests $(BIN)/python tests/lighthouse_scores.py $(STORE)

$(LIGHTHOUSE): tests/lighthouse/package.json tests/lighthouse/package-lock.json
	@mkdir -p build/lighthouse
	cp $^ build/lighthouse/
	npm ci --prefix build/lighthouse --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# The Nu Html Checker, pinned by its hash; it needs java to run, and npm is only how it comes. Nothing of it is run here.
html-checker: $(HTML_CHECKER)

$(HTML_CHECKER): tests/html-checker/package.json tests/html-checker/package-lock.json
	@mkdir -p build/html-checker
	cp $^ build/html-checker/
	npm ci --prefix build/html-checker --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# Slow suites, by name: this one kills twenty ingests under a live server.
test-kill: setup
	$(BIN)/pytest -m slow -s tests/test_killed_ingest.py

# A hundred rounds of SIGKILL under load: of the server, of ingests, of the processes that run queries. Some minutes.
test-faults: setup
	$(BIN)/pytest -m slow -s tests/test_faults.py

# Long property tests of readers and grammar, and inputs of a size that nobody wants to wait for.
test-slow: setup
	$(BIN)/pytest -m slow tests/test_payloads.py tests/test_bounded_reading.py tests/test_grammar_properties.py

# Three minutes each; atheris is pinned here, because it is made for few systems and nothing else needs it.
fuzz: setup
	$(BIN)/pip install --quiet --disable-pip-version-check atheris==3.0.0
	@mkdir -p build/fuzz-readers build/fuzz-grammar
	$(BIN)/python tests/fuzz/fuzz_readers.py -max_total_time=180 -max_len=8192 -artifact_prefix=build/fuzz-readers/ build/fuzz-readers
	$(BIN)/python tests/fuzz/fuzz_grammar.py -max_total_time=180 -max_len=4096 -len_control=0 -artifact_prefix=build/fuzz-grammar/ build/fuzz-grammar

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

# The reliability table of the README: how often events of a confidence are right.
calibrate: setup
	@test -d $(SHARED)/corpus || { echo "make calibrate needs the evaluation corpus at $(SHARED)/corpus"; exit 1; }
	@$(BIN)/python tests/benchmarks/calibration.py --set $(SHARED)/corpus/dev $(SHARED)/corpus/gold-dev.jsonl $(SHARED)/corpus/dev-manifest.json

# The catalogue of what people read, brought up to date with what is written; new sentences are left to be translated.
messages: setup
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file app/locale/babel.cfg --keywords _gettext --keywords _ngettext:1,2 --no-location --sort-output --output-file build/messages.pot app
	$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir app/locale --domain banggiao --no-fuzzy-matching --ignore-obsolete --width 120

# The table of data/README.md, made anew from the tables.
coverage: setup
	$(BIN)/banggiao coverage --into data/README.md

# Speed and memory beside underthesea's ner; some minutes. First the proof that the prefilter loses nothing of the stream.
bench: setup
	@test -d $(SHARED)/corpus || { echo "make bench needs the evaluation corpus at $(SHARED)/corpus"; exit 1; }
	$(BIN)/pytest -m slow tests/test_prefilter.py
	$(BIN)/python tests/benchmarks/speed.py --shared $(SHARED)
	$(MAKE) bench-building bench-service attack

# The service at 10,000 and 1,000,000 events; the stores are made once, in build/stores. Needs wrk.
bench-service: setup
	$(BIN)/python tests/benchmarks/service.py --stores build/stores

# A first build from claims beside `oxigraph load` of the same graph.
bench-building: setup
	$(BIN)/python tests/benchmarks/building.py $(EVENTS)

# What each page costs on the shipped data: bytes, requests, and how long the service takes.
bench-pages: setup
	$(BIN)/banggiao build --store $(STORE)
	PYTHONPATH=tests $(BIN)/python tests/benchmarks/pages.py $(STORE)

# Fifty clients with the worst queries; look-ups of pairs meanwhile.
attack: setup
	$(BIN)/banggiao build --store $(STORE)
	$(BIN)/python tests/benchmarks/attack.py $(STORE)

# The examples of answers in the OpenAPI description, asked anew of the shipped graph.
examples: setup
	$(BIN)/banggiao build --store $(STORE)
	$(BIN)/python tests/documented_requests.py $(STORE) "$$(mktemp -d)/store"

# Pins anew from the ranges in pyproject.toml; the lock holds no index address.
lock: setup
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--all-extras --upgrade pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) $(STORE) build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
