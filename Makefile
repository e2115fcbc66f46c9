# Two commands: `make demo` shows a working mission, `make test` passes its tests. `make install` is their first part.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SIZE ?= default
PORT ?= 8000
PEOPLE_small := 5000
PEOPLE_default := 60000
PEOPLE_large := 1000000
# The virtual environment made here is the only one meant, whatever another project left in the environment.
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV
SYNC = $(BIN)/uv sync --frozen --inexact --quiet --python $(BIN)/python

.PHONY: help install install-test demo test check bench drill clean

help:
	@echo "make demo [SIZE=small|default|large]   a working example mission on http://localhost:$(PORT)"
	@echo "make test                              unit tests and browser journeys"
	@echo "make check                             format, lint, types, floors, catalogues, templates, migrations"
	@echo "make bench | make drill                speed against peers | endurance at full size"

install: $(VENV)/.installed

install-test: $(VENV)/.installed-test

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Rohnamo needs Python 3.11 or newer; '$(PYTHON)' is not. Name another: make demo PYTHON=python3.12" >&2; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<0.14'

$(VENV)/.installed: pyproject.toml uv.lock $(BIN)/uv $(wildcard rohnamo/locale/*/LC_MESSAGES/*.po)
	@echo "Installing what Rohnamo stands on ..."
	@$(SYNC)
	@$(BIN)/pybabel --quiet compile --directory rohnamo/locale --domain django
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(SYNC) --group test --group check
	@touch $@

demo: install
	@$(BIN)/rohnamo demo --people $(PEOPLE_$(SIZE)) --port $(PORT)

test: install-test
	@$(BIN)/pytest --numprocesses auto

check: install-test
	@sh tests/check.sh $(BIN)

drill: install-test
	@ROHNAMO_DRILL=full $(BIN)/pytest -m drill

bench: install-test
	@$(SYNC) --group bench
	@sh bench/run.sh $(BIN)

# The home folder with database and keys is never touched.
clean:
	rm -rf $(VENV)
