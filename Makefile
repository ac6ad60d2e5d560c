# make run: the whole registry on this machine.   make test: every check and every test.
# Both need Python 3.11 or newer, make and a C library, and nothing else. `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python that is new enough; name another with PYTHON=…
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)
BIN := .venv/bin
RUN_STAMP := .venv/installed-requirements
DEV_STAMP := .venv/installed-requirements-dev
WORKERS ?= auto
TESTS ?=
# An environment whose Python is gone (an upgrade of the system) is made again.
ifeq ($(shell $(BIN)/python -c 'print(1)' 2>/dev/null),)
$(shell rm -f $(RUN_STAMP) $(DEV_STAMP))
endif
# Whoever upgrades stops everything before the migrations (docs/operations.md), so that a new column or rule need not suit
# the version that ran before; what drops or renames a column or table, or knows no way back, is refused. One moves what
# its columns held into rows of their own and drops them in the same transaction, with a way back.
LINTED := --no-cache --quiet ok ignore warning --exclude-migration-tests NOT_NULL ADD_UNIQUE \
	--ignore-name 0020_keep_each_submission_of_a_batch \
	--include-apps core accounts registry licensing mediation
LAYERS := config core accounts registry licensing mediation

.PHONY: help run test coverage battery figures check lint types unit manage migrations docs catalogues requirements defects clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 24

run: $(RUN_STAMP) ## start the registry with its own PostgreSQL and Valkey (WEB_PORT=8000, VAR_DIR=var)
	@exec $(BIN)/python -m config.devstack

test: check unit ## every check, then every test on real servers, in parallel (WORKERS=auto, TESTS=path)

unit: $(DEV_STAMP)
	$(BIN)/python manage.py compile_catalogues
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

battery: $(DEV_STAMP) ## the long trials: publishing killed 500 times (KILLS=500)
	KILLS=$(or $(KILLS),500) $(BIN)/python -m pytest -n0 -s tests/safety/test_bulletin_crashes.py

figures: $(DEV_STAMP) ## how long publishing and proofs take (STATEMENTS=5000 ENTRIES=1000000 ROUNDS=3)
	STATEMENTS=$(or $(STATEMENTS),5000) ENTRIES=$(or $(ENTRIES),1000000) ROUNDS=$(or $(ROUNDS),3) \
		$(BIN)/python -m pytest -n0 -s tests/safety/test_publishing_figures.py

coverage: $(DEV_STAMP) ## every test with lines and branches counted, and the floors of pyproject.toml
	$(BIN)/python manage.py compile_catalogues
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=json:coverage.json --cov-report= $(TESTS)
	$(BIN)/python -m tests.floors coverage.json

check: lint types ## style, types, import order, templates, migrations, dependencies

lint: $(DEV_STAMP)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(BIN)/python -m djlint --quiet --lint templates
	$(BIN)/python -W error::UserWarning manage.py makemigrations --check --dry-run
	$(BIN)/python -m deptry .
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m config.devstack manage lintmigrations $(LINTED)

types: $(DEV_STAMP)
	$(BIN)/python -m mypy $(LAYERS)

manage: $(RUN_STAMP) ## a management command on the registry's servers (ARGS='import_patents FILE')
	@exec $(BIN)/python -m config.devstack manage $(ARGS)

migrations: $(DEV_STAMP) ## write the migrations that changed models need (APP=registry NAME=what_it_does)
	$(BIN)/python -m config.devstack manage makemigrations $(APP) $(if $(NAME),--name $(NAME))

docs: $(DEV_STAMP) ## write the pages of docs/ that come from the code
	$(BIN)/python manage.py write_docs

catalogues: $(DEV_STAMP) ## bring both language catalogues in line with the code, and compile them
	$(BIN)/python manage.py update_catalogues
	$(BIN)/python manage.py compile_catalogues

requirements: $(DEV_STAMP) ## compile requirements*.txt from requirements*.in (needs uv)
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.txt requirements.in
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements.txt -o requirements-dev.txt requirements-dev.in

defects: $(DEV_STAMP) ## plant the kept list of deliberate defects; each must fail a test (ARGS="words of one")
	$(BIN)/python -m tests.safety.defects $(ARGS)

clean: ## remove caches (data in var/ and .venv stay)
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(RUN_STAMP): requirements.txt config/devstack/bootstrap.py
	@$(if $(PYTHON),,echo 'Python 3.11 or newer is needed and none was found. Install it, or name it: make PYTHON=/path/to/python3'; exit 1)
	@$(PYTHON) config/devstack/bootstrap.py requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt config/devstack/bootstrap.py
	@$(if $(PYTHON),,echo 'Python 3.11 or newer is needed and none was found. Install it, or name it: make PYTHON=/path/to/python3'; exit 1)
	@$(PYTHON) config/devstack/bootstrap.py requirements-dev.txt
	@touch $@ $(RUN_STAMP)
