# Two commands do everything on a fresh machine with Python 3.11 and make:
#   make demo   reads the example reports, shows them, writes out/demo.jsonl
#   make test   lint, types, import contracts, tests

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DEV := .venv/.ready-dev

LABEL_STUDIO := .venv-ls/.ready-1.23.2

.PHONY: demo test lint types contracts tests score bench readme goldens corpus labelstudio clean

demo: $(READY)
	mkdir -p out
	$(BIN)/gongkai extract examples --format table
	$(BIN)/gongkai extract examples -o out/demo.jsonl

test: lint types contracts tests

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# torch by its version: without one, pip may choose a build with gigabytes of CUDA
$(DEV): $(READY)
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

contracts: $(DEV)
	$(BIN)/lint-imports

tests: $(DEV)
	$(BIN)/pytest -q

# the real reports stand in ../shared, which a clean clone may lack
score: $(READY)
	$(BIN)/python -m benchmarks.scores

bench: $(DEV)
	$(BIN)/python -m benchmarks.throughput

readme: $(DEV)
	$(BIN)/python -m benchmarks.readme

# rewrites the schema, the generated pages and every other golden file; look at the diff before it goes in
goldens: $(DEV)
	GONGKAI_UPDATE_GOLDENS=1 $(BIN)/pytest -q tests

# the corpus of composed reports; changes with the sentence patterns, so look at the audit before it goes in
corpus: $(DEV)
	$(BIN)/python -m infer.annotate.written annotations/written
	$(BIN)/gongkai annotate audit annotations/written

# a Label Studio of its own, for the tests marked labelstudio and browser (the latter also need Chromium)
labelstudio: $(LABEL_STUDIO)

$(LABEL_STUDIO):
	$(PYTHON) -m venv .venv-ls
	.venv-ls/bin/python -m pip install --quiet label-studio==1.23.2
	touch $@

clean:
	rm -rf .venv .venv-ls build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
