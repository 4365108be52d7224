# The Short Case, Recomputed. `make help` lists what there is.
#
# Needs Python 3.11 or newer, make and git. Everything else goes into .venv, from locked and hashed lists,
# once: a second run installs again only what a changed list or a moved checkout makes necessary.

PYTHON ?= python3
JOBS   ?= 2
POINTS ?= 200

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq --no-compile
# Compiling at the end, on all cores, halves the installation; the packages' own tests are never imported.
COMPILE := $(BIN)/python -m compileall -qq -j 0 -x '/tests?/' $(VENV)/lib

# The same of the project's own package, where the environment forbids Python to do it by itself: half a second of each
# command, of which the tests start hundreds. What has not changed is left alone; what is broken, its reader tells.
COMPILE_OWN := $(BIN)/python -m compileall -qq lib/shortcase || true

.PHONY: help book site serve test ranges check format lock audit links sbom chromium clean FORCE

help:                 ## this list
	@awk -F ' *## *' '/^[a-z]+:.*##/ {sub(/:.*/, "", $$1); printf "  make %-9s %s\n", $$1, $$2}' Makefile
	@echo "  PYTHON=…       the Python to use, 3.11 or newer (now: $(PYTHON))"

book: $(VENV)/installed  ## the finished site in _build/html
	@$(COMPILE_OWN)
	@$(BIN)/shortcase build
	@echo "The book: $(CURDIR)/_build/html/index.html"

site: $(VENV)/installed  ## the book under every scenario, as one site in _build/site
	@$(BIN)/shortcase build --all

serve: $(VENV)/installed  ## the book on a local address, built again whenever a source changes
	@$(BIN)/shortcase serve

test: $(VENV)/installed-test  ## everything that is checked: sources, types, floors, all tests, the pages in Chromium
	@$(MAKE) --no-print-directory -j 2 check book chromium # each leaves a core idle for long
	@echo "== tests, in $(JOBS) processes"
	@CHROMIUM="$$(sh tests/browser/ensure_chromium.sh)" $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
	@echo "Checked: style (ruff), types (mypy), floors (lint-imports), rules of the book (shortcase check), tests (pytest)."

check: $(VENV)/installed-test  ## the quick part of it: style, types, floors, the rules of the book
	@$(COMPILE_OWN)
	@echo "== style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== floors"
	@$(BIN)/lint-imports
	@echo "== cells of the chapters: style and types"
	@$(BIN)/python -m shortcase.commands.cells
	@echo "== rules of the book"
	@$(BIN)/shortcase check

format: $(VENV)/installed-test  ## what can be put in form by itself: sources, and the cells of the chapters
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m shortcase.commands.cells --format

# One list for every platform and every Python from 3.11 on; nothing in it about where this machine gets packages from.
# Versions that still fit are kept; `make lock UPGRADE=--upgrade` takes the newest.
lock: $(VENV)/address  ## requirements*.txt from requirements*.in, with a hash for every file
	@room="$$(mktemp -d)" && trap 'rm -rf "$$room"' EXIT && $(BIN)/python -m venv "$$room" && \
	"$$room/bin/python" -m pip --disable-pip-version-check install -qq uv && \
	for list in requirements requirements-test; do \
	  "$$room/bin/uv" pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --output-file "$$list.txt" "$$list.in" || exit 1; \
	  echo "$$list.txt: $$(grep -c '^[a-z0-9].*==' "$$list.txt") packages"; \
	done

# Tools that look at the lists and at nothing else, in a room of their own. Published advisories change by the day.
AUDIT := pip-audit==2.10.1
SBOM  := cyclonedx-bom==7.5.0

audit: $(VENV)/address  ## is there a published advisory against a package of the lists (asks the network)
	@room="$$(mktemp -d)" && trap 'rm -rf "$$room"' EXIT && $(BIN)/python -m venv "$$room" && \
	"$$room/bin/python" -m pip --disable-pip-version-check install -qq $(AUDIT) && \
	"$$room/bin/pip-audit" --require-hashes --disable-pip --requirement requirements.txt --requirement requirements-test.txt

links: $(VENV)/installed  ## is each source that the book cites still there (asks the network)
	@$(BIN)/python -m shortcase.commands.links

sbom: $(VENV)/address  ## _build/sbom.json: what the book is made with, in CycloneDX, each package with its hashes
	@room="$$(mktemp -d)" && trap 'rm -rf "$$room"' EXIT && $(BIN)/python -m venv "$$room" && \
	"$$room/bin/python" -m pip --disable-pip-version-check install -qq $(SBOM) && mkdir -p _build && \
	"$$room/bin/cyclonedx-py" requirements --pyproject pyproject.toml --output-reproducible --output-format JSON \
	  --output-file _build/sbom.json requirements.txt
	@echo "The list of components: $(CURDIR)/_build/sbom.json"

ranges: $(VENV)/installed-test  ## the long part: every chapter at its parameters' bounds, every sentence in their ranges
	@SHORTCASE_POINTS=$(POINTS) $(BIN)/python -m pytest -n $(JOBS) tests/ranges

chromium: $(VENV)/installed-test
	@sh tests/browser/ensure_chromium.sh >/dev/null

clean:                ## removes what was built (the environment stays: remove .venv by hand)
	@rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# A virtual environment holds its own address, so one in a moved or copied checkout is made anew.
ifneq ($(shell cat $(VENV)/address 2>/dev/null),$(CURDIR))
$(VENV)/address: FORCE
endif

$(VENV)/address:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "$(PYTHON) is missing or older than Python 3.11. Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@echo "== a virtual environment in $(VENV), for $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@pwd -P >$@

$(VENV)/installed: $(VENV)/address requirements.in requirements.txt pyproject.toml
	@echo "== installing what the book needs (about half a minute, once)"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(COMPILE)
	@touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.txt
	@echo "== installing what the tests need"
	@$(PIP) --require-hashes -r requirements-test.txt
	@$(COMPILE)
	@touch $@
