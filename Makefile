# Two commands: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_ARGS ?=
# Why a floor may be lowered; without a reason none is.
LOWER ?=
FAULTS ?= --kills 580 --failures 200 --full 60 --corruptions 220 --cuts 60 --clocks 10

.PHONY: install demo test quality pin-quality extraction replay faults screenshots check fix clean

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

# More, fewer or others: make faults FAULTS="--seed 7 --only kills:137"
faults: install
	PYTHONPATH=$(CURDIR):tests $(BIN)/python -m faults $(FAULTS)

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
