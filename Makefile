# Each goal makes .venv when it is missing; nothing here needs Java, a server or anything but pip.
PYTHON ?= python3
BIN := .venv/bin
# Compiled modules are kept: else each of the many processes of the tests compiles all of them again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: build test lint docs bench mutate pairs soak wheel lock clean

build: .venv/.ready
	$(BIN)/kg build
	$(BIN)/kg audit

test: .venv/.ready
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: .venv/.ready
	$(BIN)/python docs/make_queries.py
	$(BIN)/python docs/make_rules.py
	$(BIN)/python docs/make_pictures.py

bench: .venv/.ready
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python benchmarks/loading.py 100000 1000000

mutate: .venv/.ready
	$(BIN)/python tests/mutation/mutate.py

pairs: .venv/.ready
	$(BIN)/python tests/disagreement/agreement.py

soak: .venv/.ready
	HYPOTHESIS_PROFILE=soak KG_SOAK_CUTS=50 $(BIN)/python -m pytest -q -n 2 --live

wheel: .venv/.ready
	$(BIN)/python -m build --wheel

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

lock:
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-annotate \
	  --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv dist build
