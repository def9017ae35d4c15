# Every target builds the virtual environment that it needs, from a bare Python >= 3.11.
# Where none is found by itself: make test PYTHON=/path/to/python

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON   ?=
VENV     ?= .venv
VERSIONS ?= 3.11 3.12 3.13

BIN    := $(VENV)/bin
SUITES := $(BIN)/python .ci/suites.py

# An empty file, newer than the lock exactly when what the lock names is installed.
READY := $(VENV)/.installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(READY) ## Watch the controller mend a simulated AWS; needs no account
	@$(BIN)/ecs-logging demo

.PHONY: test
test: $(READY) ## Lint, types, contracts of imports, and the tests; with the time of each
	@$(SUITES) lint types contracts tests

.PHONY: test-all
test-all: $(READY) ## The same with the slow tests, on Python 3.11, 3.12 and 3.13
	@failed=() skipped=()
	$(SUITES) lint types contracts || failed+=(static)
	for version in $(VERSIONS); do
	    if python=$$(.ci/find-python "$$version"); then
	        $(MAKE) --no-print-directory all-tests VENV=".venv-$$version" PYTHON="$$python" \
	            || failed+=("$$version")
	    else
	        skipped+=("$$version")
	    fi
	done
	for version in "$${skipped[@]}"; do
	    echo "SKIPPED: Python $$version is not on this machine: nothing was tested on it." >&2
	done
	for suite in "$${failed[@]}"; do
	    echo "FAILED: $$suite" >&2
	done
	test $${#failed[@]} -eq 0

# One round of test-all, on the Python of VENV.
.PHONY: all-tests
all-tests: $(READY)
	@$(SUITES) all-tests

.PHONY: lint
lint: $(READY) ## Lint, types and contracts of imports only
	@$(SUITES) lint types contracts

.PHONY: format
format: $(READY) ## Format the code and mend what the linter can mend by itself
	@$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

# MUTANTS='*gates.wave.*' tries those of one gate only.
.PHONY: mutants
mutants: $(VENV)/.mutation ## Break the gates bit by bit; show what no test notices (10 minutes)
	@$(BIN)/python .ci/mutants.py $(MUTANTS)

.PHONY: bench
bench: $(READY) ## Measure
	@$(BIN)/python -m benchmarks

# Not part of any other target: it asks a real account. CLUSTER is one that you have made for it.
CLUSTER ?=
.PHONY: live-check
live-check: $(READY) ## Ask an AWS account what only that can prove (CLUSTER=name; asks before it writes)
	@$(BIN)/python -m tests.live --cluster "$(CLUSTER)"

.PHONY: docs
docs: $(READY) ## Write the pages and the schema that are made from the code
	@for page in rules reasons; do
	    $(BIN)/python -m controller explain $$page --output markdown > docs/$$page.md.new
	    mv docs/$$page.md.new docs/$$page.md
	done
	$(BIN)/python -m controller policy reference > docs/policy.md.new
	mv docs/policy.md.new docs/policy.md
	$(BIN)/python -m controller policy schema > docs/schema/policy.json.new
	mv docs/schema/policy.json.new docs/schema/policy.json
	$(BIN)/python -m controller policy schema --tests > docs/schema/policy-test.json.new
	mv docs/schema/policy-test.json.new docs/schema/policy-test.json
	$(BIN)/python -m tests.live --page > docs/unproven.md.new
	mv docs/unproven.md.new docs/unproven.md

# With UPGRADE=--upgrade, everything is taken at its newest.
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate
UPGRADE ?=

.PHONY: lock
lock: $(READY) ## Renew requirements*.lock from pyproject.toml (UPGRADE=--upgrade for the newest)
	@$(BIN)/uv $(LOCK) $(UPGRADE) --extra sandbox --extra dev --output-file requirements.lock
	$(BIN)/uv $(LOCK) $(UPGRADE) --constraints requirements.lock --output-file requirements-runtime.lock
	$(BIN)/uv $(LOCK) $(UPGRADE) --constraints requirements.lock --extra mutation --output-file requirements-mutation.lock

.PHONY: clean
clean: ## Remove the virtual environments and what the tools left behind
	@rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find controller tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@python="$(PYTHON)"
	if ! $(BIN)/python -c 'import pip' 2>/dev/null; then
	    python=$${python:-$$(.ci/find-python)}
	    echo "$(VENV): building from $$python"
	    "$$python" -m venv --clear $(VENV)
	fi
	echo "$(VENV): installing requirements.lock"
	$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.mutation: $(READY) requirements-mutation.lock
	@echo "$(VENV): installing requirements-mutation.lock"
	$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements-mutation.lock
	touch $@
