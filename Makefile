# `make facts` shows what the package finds in seeds/, `make test` runs every check.
# Both set up their own environment in .venv; nothing outside this folder and the package registry is needed.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
JOBS ?= 2
BENCH := .venv-benchmark

export PYTHONUTF8 := 1

.PHONY: help facts test test-browser test-notebooks notebooks docs benchmark format wheel clean

help:
	@echo "make facts    extract the facts of seeds/ into out/ and show a summary"
	@echo "make test     run ruff, mypy and all tests"
	@echo "make test-browser   open the pages in Chromium, which must be installed"
	@echo "make test-notebooks run the notebooks from their first cell to their last"
	@echo "make notebooks  run the notebooks and keep their outputs"
	@echo "make docs     build the documentation into site/"
	@echo "make benchmark      measure speed, memory and endurance into benchmarks/RESULTS.md (about half an hour)"
	@echo "make format   format the code"
	@echo "make wheel    build the wheel into dist/"
	@echo "make clean    remove everything that was made"

facts: $(VENV)/.ready
	$(BIN)/mse summary seeds --save out

test: $(VENV)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n $(JOBS)

test-browser: $(VENV)/.ready-dev
	$(BIN)/pytest -m browser tests/browser

docs: $(VENV)/.ready-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "open site/index.html"

# The tools beside mse want old versions of what others need, so they get an environment of their own.
benchmark: $(BENCH)/.ready
	$(BENCH)/bin/python benchmarks/run_all.py

test-notebooks: $(VENV)/.ready-dev
	$(BIN)/pytest -n $(JOBS) --nbmake notebooks

notebooks: $(VENV)/.ready-dev
	$(BIN)/python notebooks/run.py

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

wheel: $(VENV)/.ready
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(BENCH) out dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; name it: make facts PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) could not make an environment; is its venv module installed?"; exit 1; }

# The stamps make a second run install nothing, unless the requirements changed.
$(VENV)/.ready: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[batch]'
	@touch $@

$(VENV)/.ready-dev: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[dev]'
	@touch $(VENV)/.ready $@

$(BENCH)/.ready: pyproject.toml benchmarks/requirements.txt | $(BIN)/python
	@$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[ray]' -r benchmarks/requirements.txt
	@touch $@
