# `make demo` and `make test` need only git, make and Python 3.11 or newer with pip and venv.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_SYSTEM_CERTS := 1

.PHONY: help demo test test-floors test-reliability test-reloaded lint format docs bench bench-ingest bench-reading bench-quality lock clean

help:
	@echo "make demo   install into .venv, then show the main job on the sample articles"
	@echo "make test   install into .venv, then run the tests"
	@echo "make test-floors  how well real articles are read and found, no worse than before (needs CUTTINGS_SHARED)"
	@echo "make test-reliability  what always holds, under kill, full disk, damage and crowding: 8 minutes (needs strace)"
	@echo "make test-reloaded  the engine's contract on whoosh-reloaded"
	@echo "make lint   ruff, mypy --strict, docs up to date"
	@echo "make format put the code in ruff's layout"
	@echo "make docs   write the generated pages under docs/ anew"
	@echo "make bench  measure speed beside other engines, and draw it: most of an hour (needs CUTTINGS_SHARED)"
	@echo "make bench-ingest  measure taking articles in, beside recollindex and sqlite-utils (needs CUTTINGS_SHARED)"
	@echo "make bench-reading  measure how well web pages, PDFs and pasted text are read, beside others (needs CUTTINGS_SHARED)"
	@echo "make bench-quality  measure how well answers are ranked, beside others (needs CUTTINGS_SHARED)"
	@echo "make lock   choose versions anew and write requirements.lock"

.venv/installed: requirements.lock pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Cuttings needs Python 3.11 or newer; '$(PYTHON)' is not. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv. On Debian or Ubuntu install it with: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/installed
	@$(BIN)/cuttings demo

test: .venv/installed
	@$(BIN)/python -m pytest -n 2 --dist loadscope

test-floors: .venv/installed
	@$(BIN)/python -m pytest -n 2 --dist loadscope -m floors $(wildcard tests/*/test_*_floors.py)

# What always holds, under kill, full disk, damage and crowding; needs strace, which CI has.
test-reliability: .venv/installed
	@$(BIN)/python -m pytest -n 2 -m reliability tests/reliability

# The engine's contract, on the Whoosh we could fall back to.
test-reloaded: .venv/installed
	@$(PYTHON) -m venv --clear .venv-reloaded
	@$(BIN)/uv pip install --quiet --python .venv-reloaded/bin/python whoosh-reloaded==2.7.5 numpy pystemmer rapidfuzz pytest hypothesis
	@PYTHONPATH=. .venv-reloaded/bin/python -m pytest tests/search/test_engines.py tests/search/test_whoosh_*.py

lint: .venv/installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m docs.commands --check
	@$(BIN)/python -m docs.performance --check

docs: .venv/installed
	@$(BIN)/python -m docs.commands
	@$(BIN)/python -m docs.performance

bench: .venv-bench/installed
	@$(BIN)/python -m bench.speed
	@$(BIN)/python -m bench.cold_start
	@$(BIN)/python -m bench.filling
	@.venv-bench/bin/python -m bench.plot
	@$(BIN)/python -m docs.performance

.venv-bench/installed: bench/requirements.lock .venv/installed
	@$(PYTHON) -m venv --clear .venv-bench
	@$(BIN)/uv pip sync --quiet --python .venv-bench/bin/python --require-hashes bench/requirements.lock
	@touch $@

bench-ingest: .venv-bench/installed
	@$(BIN)/python -m bench.ingesting
	@$(BIN)/python -m bench.families

bench-reading: .venv-bench/installed
	@$(BIN)/python -m bench.reading_html
	@$(BIN)/python -m bench.reading_pdf
	@$(BIN)/python -m bench.wrapped

bench-quality: .venv/installed
	@$(BIN)/python -m bench.quality

format: .venv/installed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: .venv/installed
	@$(BIN)/uv pip compile --quiet --python $(BIN)/python --universal --generate-hashes --no-emit-index-url --no-header --extra dev --upgrade pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --python $(BIN)/python --universal --generate-hashes --no-emit-index-url --no-header --upgrade bench/requirements.in --output-file bench/requirements.lock

clean:
	rm -rf .venv .venv-reloaded dist build *.egg-info
