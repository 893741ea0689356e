# Two commands: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_ARGS ?=
# Why a floor may be lowered; without a reason none is.
LOWER ?=
# How long the soak takes, how much is asked of it, and how long the slowest hundredth may wait.
SOAK_MINUTES ?= 30
SOAK_RATE ?= 50
SOAK_P99_S ?= 20

.PHONY: install demo test quality pin-quality extraction replay soak screenshots check fix clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade -c constraints.txt pip hatchling editables
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -c constraints.txt -e '.[cross-encoder,plot]' --group dev
	@touch $@

demo: install
	$(BIN)/footnote --home .demo demo $(DEMO_ARGS)

test: check
	$(BIN)/python -m pytest -n auto --dist worksteal

quality: install
	$(BIN)/python tests/quality.py

pin-quality: install
	$(BIN)/python tests/quality.py --pin $(if $(LOWER),--lower "$(LOWER)")

extraction: install
	$(BIN)/python tests/extraction.py

replay: install
	$(BIN)/python tests/replay.py 10000 500

soak: install
	$(BIN)/python tests/soak.py $(SOAK_MINUTES) $(SOAK_RATE) $(SOAK_P99_S)

screenshots: demo
	$(BIN)/python tests/screenshots.py

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
