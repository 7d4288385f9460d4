# Two commands set everything up on a fresh machine: `make demo` and `make test`. `make help` lists the others.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLE ?= examples/old-news-as-new.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --quiet
PACKS := $(shell find packs -type f \( -name '*.csv' -o -name '*.json' \) | LC_ALL=C sort)
BUILD := pyproject.toml $(wildcard hatch_build.py dateline/where/data/* dateline/evidence/*.py) \
  $(wildcard $(addprefix dateline/where/,build.py sources.py store.py fold.py geometry.py beside.py))

.PHONY: help demo install test lint gate eval browser lock manual changelog clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

demo: $(VENV)/.package  ## set up, check the example report, leave out/demo.html
	@mkdir -p out
	@$(BIN)/dateline check $(EXAMPLE) --html out/demo.html
	@echo; echo "The page: $(CURDIR)/out/demo.html"
	@scripts/link $(BIN)/dateline

install: $(VENV)/.package  ## set up for use: the command `dateline`
	@scripts/link $(BIN)/dateline

test: lint  ## set up, lint, run the tests (hash seed drawn anew each time and printed)
	@seed=$${PYTHONHASHSEED:-$$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}; \
	echo "PYTHONHASHSEED=$$seed"; PYTHONHASHSEED=$$seed $(BIN)/python -m pytest $(TESTS)

lint: $(VENV)/.dev $(VENV)/.package  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/mypy --strict dateline

gate: $(VENV)/.dev $(VENV)/.package  ## accuracy floors on the frozen cases
	@$(BIN)/python -m dateline.eval.gate

eval: $(VENV)/.dev $(VENV)/.package  ## the full evaluations
	@for what in reports when where gaps; do $(BIN)/dateline eval $$what; done

browser:  ## install Debian's Chromium and axe-core for the tests of the page, where that may be done
	@scripts/need chromium
	@scripts/need axe

lock: $(VENV)/.python  ## write requirements/*.txt from pyproject.toml
	@$(PIP) -r requirements/lock.in
	@$(BIN)/python scripts/lock.py

manual: $(VENV)/.package  ## write docs/commands.md from the commands
	@$(BIN)/python scripts/manual.py

changelog: $(VENV)/.python  ## gather changelog.d/ into CHANGELOG.md: make changelog VERSION=0.2.0 DATE=2027-01-31
	@$(BIN)/python scripts/changelog.py "$(VERSION)" "$(DATE)"

clean:  ## remove everything that was made
	rm -rf $(VENV) out build dist dateline/data .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python: scripts/need
	@PYTHON="$(PYTHON)" scripts/need venv
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt
	@echo "Installing what a check needs (about a minute) ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# Editable, so that a change of code counts at once; what is built from the packs is built again when they change.
$(VENV)/.package: $(VENV)/.run $(BUILD) $(PACKS)
	@echo "Building the gazetteer and the packs ..."
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
