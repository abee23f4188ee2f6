# Everything starts here: `make demo` to look at Zicht, `make test` before sharing a change, `make check` while working.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two pips in one virtual environment would trip over each other.
.NOTPARALLEL:

BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check --no-input
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/zicht/locale/*/LC_MESSAGES/*.po))
# Node comes with the developer's requirements: Debian's own is too old for the type checker.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help demo test prepare format docs bench bench-register bench-care bench-intake bench-chat bench-estimate bench-reading bench-evidence bench-barriers bench-figures score-reading score-screening validate lock messages clean \
	check check-style check-types check-layers check-migrations check-scripts check-locks check-docs

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1   \2/p' $(MAKEFILE_LIST)

demo: .venv/zicht.stamp $(CATALOGUES) ## Show a made-up organisation on http://127.0.0.1:8000 (ARGS=--no-serve only prepares it)
	@$(BIN)/zicht demo $(ARGS)

test: ## Run every test from nothing: SQLite, PostgreSQL, JavaScript, browser (ARGS=browser for one part)
	@python3 -m tools.all_tests $(ARGS)

prepare: .venv/dev.stamp .venv/zicht.stamp .venv/node.stamp $(CATALOGUES) ## Install what developing needs

check: check-style check-types check-layers check-migrations check-scripts check-locks check-docs ## Check style, types, layers, migrations, scripts, locks and docs

format: prepare ## Lay out Python and templates the way `make check` wants them
	$(BIN)/ruff check --quiet --select I --fix .
	$(BIN)/ruff format --quiet .
	find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

check-style: prepare
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find src -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +

check-types: prepare
	$(BIN)/mypy

check-layers: prepare
	$(BIN)/lint-imports --no-logo

check-migrations: prepare
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m django makemigrations --check --dry-run

check-scripts: prepare
	node_modules/.bin/tsc --project tsconfig.json

# Who installs from here must reach whatever registry they use themselves.
check-locks: prepare
	@! grep -nE '"resolved"|index-url|https?://' requirements/*.txt package-lock.json | grep -v '/funding/"$$' || \
	  { echo 'The lines above name a host.'; exit 1; }
	$(PIP) check

check-docs: docs

docs: prepare ## Build the documentation into docs/_build/html; a warning is an error
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@! grep -rlE '<(script|img|iframe)[^>]*src="(https?:)?//|<link[^>]*href="(https?:)?//' docs/_build/html || \
	  { echo 'The pages above fetch something from elsewhere.'; exit 1; }

bench: prepare ## Measure against the figures that must be reached
	@$(BIN)/python -m benchmarks.run $(ARGS)

bench-register: prepare ## Measure the register with up to 100,000 persons on both databases (takes half an hour)
	@$(BIN)/python -m benchmarks.bench_register 1000 10000 100000

bench-care: prepare ## Measure the bed board with 200 places beside 20,000 persons on both databases (five minutes)
	@$(BIN)/python -m benchmarks.bench_care 20000

bench-intake: prepare ## Measure the queue of intake and earlier reports with up to 100,000 reports on both databases (ten minutes)
	@$(BIN)/python -m benchmarks.bench_intake 1000 10000 100000

bench-chat: prepare ## Measure the help chat with up to 10,000 open streams on both databases (takes ten minutes)
	@$(BIN)/python -m benchmarks.bench_chat 100 1000 10000 $(ARGS)

bench-estimate: prepare ## Measure the estimator alone, beside what R packages needed
	@$(BIN)/python -m benchmarks.run estimate

bench-reading: prepare ## Measure how fast documents are read
	@$(BIN)/python -m benchmarks.run reading

score-reading: prepare ## Score the reading of documents against hand-made lists in ../shared
	@$(BIN)/python -m tools.score_reading

bench-evidence: prepare ## Measure how fast names are screened, statements are searched on both databases, and a network is drawn (ten minutes)
	@$(BIN)/python -m benchmarks.run screening search network

bench-figures: prepare ## Measure all tables of a year for a million persons, a whole yearly report, and hiding among 10,000 counts
	@$(BIN)/python -m benchmarks.run yearly disclosure

bench-barriers: prepare ## Measure how fast cases are held against the steps, and how large the map is
	@$(BIN)/python -m benchmarks.run barriers

score-screening: prepare ## Measure how often screening finds a listed name and how often it cries wolf, on lists in ../shared
	@$(BIN)/python -m tools.score_screening

validate: prepare ## Simulate how well the estimates do, and rebuild docs/methods/validation (hours; ARGS="--minutes 30")
	@$(BIN)/python -m benchmarks.validate --compare $(ARGS)

lock: prepare $(BIN)/uv ## Pin all dependencies with their hashes (ARGS=--upgrade takes newer versions)
	$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q $(ARGS) -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 -c requirements/dev.txt \
	  --generate-hashes --no-emit-index-url --no-header -q $(ARGS) -o requirements/run.txt
	$(BIN)/npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

messages: prepare ## Collect the interface texts for translation (needs gettext)
	cd src/zicht && DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=../.. ../../$(BIN)/python -m django \
	  makemessages --locale nl --no-wrap --add-location file

clean: ## Remove everything that was made here
	rm -rf .venv node_modules build docs/_build docs/reference/words .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src -name '*.mo' -delete

# --- what the targets above stand on ------------------------------------------------------------------------------

.venv/venv.stamp:
	[ -x $(BIN)/pip ] || python3 -m venv .venv
	@touch $@

.venv/run.stamp: .venv/venv.stamp requirements/run.txt
	@echo "Installing the packages of requirements/run.txt; the first time this takes about a minute."
	$(PIP) install --require-hashes --only-binary :all: -r requirements/run.txt
	@touch $@

# Not compiled: of what developing needs a run uses a part, and compiles that itself.
.venv/dev.stamp: .venv/venv.stamp requirements/dev.txt
	@echo "Installing the packages of requirements/dev.txt; the first time this takes a minute or two."
	$(PIP) install --no-compile --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

# A step of its own: pip cannot check the hash of a folder.
.venv/zicht.stamp: .venv/run.stamp pyproject.toml
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/node.stamp: .venv/dev.stamp package-lock.json
	$(BIN)/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BIN)/uv: .venv/dev.stamp
	$(PIP) install uv==0.13.9

%.mo: %.po | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
