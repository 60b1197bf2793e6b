# Needs python3.11 with venv, and make. Everything else is fetched from the package registries that pip and npm are
# configured for. Each environment is stamped with its lock, so that a second call does nothing.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
MINUTES ?= 10
PIP    := $(BIN)/pip --disable-pip-version-check --quiet
NODE   := $(shell command -v npm 2>/dev/null)
BUILT  := candour/kernel/web/static/candour/built

.PHONY: setup run test check audit fuzz fix bench browser faults reference pictures wheel clean

setup: $(VENV)/.runtime $(BUILT)/.stamp

run: setup
	@$(BIN)/candour demo --port $(PORT)

test: setup $(VENV)/.dev
	$(BIN)/python -m tests.both

# A database each for two cores: killed servers, fallen databases, full disks.
faults: setup $(VENV)/.dev
	$(BIN)/python -m pytest tests/faults -m faults -n 2 --dist loadgroup

browser: setup $(VENV)/.dev
	$(BIN)/python -m pytest tests/browser -m browser

check: setup $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint candour --lint --quiet
	$(BIN)/candour reference --check
	$(BIN)/python tools/audit.py

# What is known against the libraries, where the services that know it can be reached.
audit: setup $(VENV)/.dev
	$(BIN)/python tools/audit.py --online

# Mutated files for every reader, for so many minutes; what was found lies in var/fuzz.
fuzz: setup $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	$(BIN)/candour bench

reference: setup
	$(BIN)/candour reference

pictures: setup $(VENV)/.dev
	$(BIN)/python tools/pictures.py

# What an installation is made from: the package with its built assets, and the libraries that it was tested with.
wheel: setup
	rm -rf build dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	cp requirements.lock dist/
	rm -rf build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Node builds the style sheet. Where the machine has none, it comes from a wheel into an environment of its own.
.venv-node/bin/npm:
	$(PYTHON) -m venv .venv-node
	.venv-node/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements-node.lock
	.venv-node/bin/python tools/node_links.py

$(BUILT)/.stamp: package.json package-lock.json $(wildcard assets/*) $(if $(NODE),,.venv-node/bin/npm)
	PATH="$(CURDIR)/.venv-node/bin:$$PATH" npm ci --no-audit --no-fund --silent
	PATH="$(CURDIR)/.venv-node/bin:$$PATH" npm run build --silent
	@touch $@

clean:
	rm -rf $(VENV) .venv-node node_modules $(BUILT) var static-root
