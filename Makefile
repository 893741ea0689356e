# Two commands: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_ARGS ?=
# For how long each target is fuzzed.
SECONDS ?= 60
# Why a floor may be lowered; without a reason none is.
LOWER ?=
FAULTS ?= --kills=700 --serves 60 --failures 200 --full 60 --corruptions 220 --cuts 60 --clocks 10
# Those that benchmarks race against have an environment of their own.
PEERS := .bench/peers
BENCH := $(BIN)/python tests/benchmarks.py --peers $(PEERS)/bin/python --write
# How long the soak takes, how much is asked of it, and how long the slowest hundredth may wait.
SOAK_MINUTES ?= 30
SOAK_RATE ?= 50
SOAK_P99_S ?= 20

.PHONY: install demo test quality pin-quality extraction replay faults soak screenshots fuzz sbom bench bench-all bench-peers check fix clean

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

fuzz: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group fuzz
	$(BIN)/python tests/fuzz/fuzz.py --seconds $(SECONDS)

# In an environment of its own, so that what lists the packages is not among them.
sbom: install
	@test -x .sbom/bin/python || $(PYTHON) -m venv .sbom
	.sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	.sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --output-format JSON --output-file sbom.json $(BIN)/python

soak: install
	$(BIN)/python tests/soak.py $(SOAK_MINUTES) $(SOAK_RATE) $(SOAK_P99_S)

screenshots: demo
	$(BIN)/python tests/screenshots.py

bench: install
	$(BENCH) --sizes 1000,10000

bench-all: install
	$(BENCH) --sizes 1000,10000,100000,1000000

bench-peers: $(PEERS)/.installed

$(PEERS)/.installed: tests/bench/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .bench .sbom sbom.json .demo .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
