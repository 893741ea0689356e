# Two commands: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_ARGS ?=
# For how long each target is fuzzed.
SECONDS ?= 60
# Why a floor may be lowered; without a reason none is.
LOWER ?=

.PHONY: install demo test quality pin-quality extraction replay screenshots fuzz sbom check fix clean

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

fuzz: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group fuzz
	$(BIN)/python tests/fuzz/fuzz.py --seconds $(SECONDS)

# In an environment of its own, so that what lists the packages is not among them.
sbom: install
	@test -x .sbom/bin/python || $(PYTHON) -m venv .sbom
	.sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	.sbom/bin/cyclonedx-py environment --output-format JSON --output-file sbom.json $(BIN)/python

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
	rm -rf $(VENV) .sbom sbom.json .demo .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
