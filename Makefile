# Everything below sets itself up in .venv; the stamps there keep the second time quick.
PYTHON_NAMES = python3.13 python3.12 python3.11 python3 python
BIN = .venv/bin
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

MINUTES = 10

.PHONY: help run pictures test fuzz test-office test-engines lint format test-package bench bench-quick
.DEFAULT_GOAL := help

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp ## open the app on sample data
	$(BIN)/python -m streamlit run app.py

test: .venv/test.stamp lint ## check style, then run every test, real browser included
	$(BIN)/python tests/find_chromium.py --install
	$(BIN)/python -m pytest -n logical --dist worksteal --durations=20 -m "not browser and not slow and not engines and not office and not package"
	$(BIN)/python -m pytest -n logical --dist loadfile --durations=20 -m browser

fuzz: .venv/test.stamp ## search with new seeds for MINUTES=10, and print the seed of what is found
	$(BIN)/python tests/fuzz.py $(MINUTES)

test-office: .venv/test.stamp ## open exports in a real LibreOffice (looked for, else installed by apt)
	$(BIN)/python tests/find_office.py --install
	$(BIN)/python -m pytest -m office

test-engines: .venv/engines.stamp ## run the tests against a real PostgreSQL, a real Spark cluster (Java 17), and processes behind a real Caddy
	$(BIN)/python tests/find_caddy.py --install
	$(BIN)/python -m pytest -m engines

lint: .venv/test.stamp ## check style, layers and types, change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test-package: .venv/test.stamp ## install the project into an environment of its own, and use it from another folder
	$(BIN)/python -m pytest -m package

pictures: .venv/test.stamp ## take the pictures of the README from the real app
	$(BIN)/python tests/find_chromium.py --install
	$(BIN)/python docs/pictures.py

format: .venv/test.stamp ## mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/bench.stamp ## time what must stay fast, up to a million people, and write benchmarks/RESULTS.md (half an hour)
	$(BIN)/python tests/find_chromium.py --install
	$(BIN)/python tests/find_caddy.py --install
	$(BIN)/python -m benchmarks

bench-quick: .venv/bench.stamp ## the counts, the files and the browser, up to 100,000 people, beside what they were before (under 3 minutes)
	$(BIN)/python tests/find_chromium.py --install
	$(BIN)/python -m benchmarks --quick

.venv/run.stamp: .venv/made.stamp requirements.txt constraints.txt
	@echo "Installing what NPS Lens runs on (a minute or two, once)"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.txt requirements-login.txt
	@echo "Installing what its tests need"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

.venv/engines.stamp: .venv/test.stamp requirements-test-engines.txt
	@echo "Installing real servers: PostgreSQL and Spark (some 500 MB, once)"
	@$(PIP_INSTALL) -r requirements-test-engines.txt
	@touch $@

.venv/bench.stamp: .venv/test.stamp requirements-bench.txt
	@echo "Installing what it is compared with"
	@$(PIP_INSTALL) -r requirements-bench.txt
	@touch $@

# The first Python that is new enough; "-c" runs it, as a name on the PATH may be a shim with nothing behind it.
.venv/made.stamp:
	@for python in $(PYTHON_NAMES); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Setting up .venv with $$($$python --version)"; \
			$$python -m venv --clear .venv && touch $@ && exit 0; \
			echo "That Python cannot make virtual environments: on Debian or Ubuntu, install python3-venv." >&2; exit 1; \
		fi; \
	done; \
	echo "NPS Lens needs Python 3.11 or newer; found: $$(python3 --version 2>/dev/null || echo none)." >&2; exit 1
