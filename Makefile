# make run     set up, load the example plan, serve it at http://localhost:8000 (another port: make run PORT=8123)
# make test    set up what the tests need, check the code, run the tests
# make check   the checks without the tests        make format   put the code in order
# make lock    choose new versions of what we depend on

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet

.PHONY: run test check format lock setup setup-dev clean
.DELETE_ON_ERROR:

run: setup
	@exec $(BIN)/goldenthread demo --port $(PORT)

test: setup-dev
	@tools/install-test-tools
	@$(MAKE) --no-print-directory check
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadgroup $(PYTEST) # two processes, two cores

check: setup-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

setup: $(VENV)/.set-up-to-run
	@:
setup-dev: $(VENV)/.set-up-to-develop
	@:

$(VENV)/.set-up-tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Golden Thread needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@echo "Setting up in $(VENV) (once; a minute or two) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip -qq --disable-pip-version-check install --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.set-up-to-run: $(VENV)/.set-up-tools requirements/run.txt pyproject.toml
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.set-up-to-develop: $(VENV)/.set-up-to-run requirements/dev.txt
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# Hash-pinned for every system that Python 3.11 or later runs on; no registry is named, so anybody's mirror will do.
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" $(LOCK)
lock: $(VENV)/.set-up-tools
	@$(COMPILE) requirements/tools.in -o requirements/tools.txt
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	@! grep -nE '://|--(extra-)?index|--find-links' requirements/*.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-output
