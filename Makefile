# Everything that people and CI run; `make help` lists it. Needs make and Python 3.11 or newer.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
TEST := requirements-dev.txt
# The empty database that makemigrations opens is nobody's.
CHECKING := BAKEN_DATA=.venv DJANGO_SETTINGS_MODULE=config.settings.test

# A file is one worker's: what it loads is loaded once.
PARALLEL := -q -n $(or $(WORKERS),auto) --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help python environment run test test-proofs test-processes test-services test-browser check bench lock messages vendor vendor-check

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | awk -F '\t' '{printf "%-14s %s\n", $$1, $$2}'

python:
	@test -n "$(PYTHON)" || { echo "Baken needs Python 3.11 or newer; install it (Debian, Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }

run: python  ## Start the demonstration at http://localhost:8000 (or PORT=...); Ctrl-C ends it
	@exec $(PYTHON) -m config.starting run

environment: python  ## Make .venv with everything that the tests need
	@$(PYTHON) -m config.starting environment $(TEST)

test: environment  ## Unit and integration tests on SQLite
	$(BIN)/pytest $(PARALLEL) tests/integration tests/architecture tests/unit

test-proofs: environment  ## What takes whole registers or many draws to show, without a database
	$(BIN)/pytest $(PARALLEL) tests/proofs

test-processes: environment  ## Whole installations on SQLite whose processes are started and killed, and the demonstration register
	$(BIN)/pytest $(PARALLEL) tests/processes

test-services: environment  ## All that has a database, and the tests of the queue, on PostgreSQL, Redis and a real Celery worker
	$(BIN)/python -m tests.services

test-browser: environment  ## Whole journeys in chromium
	$(BIN)/pytest -q tests/functional

check: environment  ## Lint, types, directions of imports, pending migrations, Django's checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(CHECKING) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECKING) $(BIN)/python manage.py check --fail-level WARNING

bench: environment  ## Measure loading and serving; writes to benchmarks/
	$(BIN)/python -m benchmarks

vendor:  ## Compile and copy stylesheet, font and scripts into config/static/vendor (needs node and npm)
	npm ci --no-audit --no-fund
	npm run vendor

vendor-check:  ## See that config/static/vendor is what vendor makes
	npm ci --no-audit --no-fund
	npm run vendor-check

messages: environment  ## Bring the Dutch catalogues up to date with the texts in the code
	$(BIN)/python -m tests.messages

lock: environment  ## Resolve the dependencies anew into the four locks
	$(BIN)/uv pip compile pyproject.toml -o requirements.txt $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra dev -o requirements-dev.txt $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra relink -o requirements-relink.txt $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra spark -o requirements-spark.txt $(LOCK)

LOCK := --quiet --upgrade --generate-hashes --no-annotate --no-header --universal --python-version 3.11
