# Every command does its own set-up: virtual environment, pinned dependencies, embedded PostgreSQL, browser.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
# uv takes the interpreter it is told and never downloads one.
export UV_PYTHON_DOWNLOADS := never
export PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check bench frontend docs lock format clean

help: ## show what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,13))' \
	  || { echo "Frontstage needs Python 3.11, 3.12 or 3.13; this is $$($(PYTHON) -V). Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv==0.13.9'

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(UV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.runtime
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/development.txt
	@touch $@

setup: $(VENV)/.runtime ## the program and what it needs
setup-dev: $(VENV)/.development ## and what its tests need

demo: setup ## run the demonstration (PORT, FRONTSTAGE_HOME)
	@exec $(BIN)/frontstage demo

test: setup-dev ## everything CI runs
	@$(BIN)/python tests/ensure_browser.py
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest

check: setup-dev ## format, lint, types, import contracts, migrations, translations, bundles
	@$(BIN)/python tests/check.py

bench: setup-dev ## measure every figure the README states
	@$(BIN)/python -m benchmarks

frontend: ## rebuild the committed browser files (needs Node 20 or newer)
	@cd frontend && npm ci --no-audit --no-fund && npm run build

docs: setup-dev ## build the documentation into site/, links checked
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

format: setup-dev ## rewrite the code in the house format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lock: $(UV) ## pin the dependencies anew, with hashes
	@$(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/runtime.txt
	@$(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/runtime.txt --group dev --group reference --group docs -o requirements/development.txt

clean: ## forget everything that was built here
	@rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache
