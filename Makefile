# Everything that a newcomer types. `make demo` and `make test` set up by themselves.
SHELL := /bin/bash
PYTHON ?= $(shell scripts/find_python.sh 3.11 || scripts/find_python.sh 3.12 || scripts/find_python.sh 3.13 || echo python3)
OTHER_PYTHON ?= $(shell scripts/find_python.sh 3.13)
BIN := .venv/bin
PIP_FLAGS := --quiet --disable-pip-version-check

.PHONY: setup demo serve sandbox test test-3.13 lint format bench golden clean

setup: .venv/.runtime .assets

demo: setup
	$(BIN)/acuse demo

serve: setup
	$(BIN)/acuse up

sandbox: setup
	$(BIN)/acuse sandbox

test: .venv/.dev .assets lint
	@scripts/ensure_tools.sh
	$(BIN)/python -m pytest -n auto --dist loadfile
	@if [ -n "$(OTHER_PYTHON)" ]; then $(MAKE) --no-print-directory test-3.13; \
	else echo "SKIPPED: no Python 3.13 on this machine; tests ran on $$($(BIN)/python -V) only"; fi

# What differs between interpreters is in the code, not in the browser or in killed processes.
test-3.13: .venv-3.13/.dev .assets
	.venv-3.13/bin/python -m pytest -n auto --dist loadfile -m "not browser and not slow" -q

lint: .venv/.dev
	$(BIN)/ruff check src tests scripts tools benchmarks
	$(BIN)/ruff format --check src tests scripts tools benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djade --check $$(git ls-files '*.html')
	$(BIN)/python scripts/check_sizes.py

format: .venv/.dev
	$(BIN)/ruff check --fix src tests scripts tools benchmarks
	$(BIN)/ruff format src tests scripts tools benchmarks
	$(BIN)/djade $$(git ls-files '*.html')

bench: .venv/.dev .assets
	$(BIN)/python -m benchmarks

golden: .venv/.dev
	$(BIN)/python -m pytest tests/jurisdictions --golden=write

.venv/.runtime: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation -e .
	@touch $@ .venv/.runtime

.venv-3.13/.dev: requirements-dev.lock
	@test -x .venv-3.13/bin/python || $(OTHER_PYTHON) -m venv .venv-3.13
	.venv-3.13/bin/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements-dev.lock
	.venv-3.13/bin/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: .assets
.assets:
	@$$(test -x $(BIN)/python && echo $(BIN)/python || echo $(PYTHON)) scripts/fetch_assets.py

clean:
	rm -rf .venv .venv-3.13 var node_modules src/acuse/web/static/vendor src/acuse/pdf/fonts
