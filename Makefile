# Needs make, git, Python 3.11+ with venv, and Node 20+. `make run` and `make test` fetch the rest by their locks.

PYTHON ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q
AUDIT := .make/audit-env/bin
# `pyproject.toml` is the only place of the version.
VERSION := $(shell sed -n 's/^version = "\(.*\)"$$/\1/p' pyproject.toml)
BUNDLE := dist/bundle$(addprefix -,$(SYSTEM))
FETCH := $(BIN)/python -m pip download -q --disable-pip-version-check --only-binary :all: --require-hashes -r
PAGES := app/web/manifest.json
# Includes folders: deleting a file changes its folder.
# Of the locales only the files: the first start puts bytecode into their folder.
SOURCES := $(wildcard app/locales/*.json) $(shell find frontend/src frontend/scripts frontend/*.html frontend/*.ts frontend/*.js \
	frontend/package.json ! -name '*.test.ts' ! -name '.*' 2>/dev/null)
# One process per core and two more, since many tests wait; at most four, each with its own browser.
# `make test HANDS=0` runs one test after the other.
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
SIDE_BY_SIDE = $(BIN)/pytest -n $(or $(HANDS),$(shell expr $(CORES) + 2)) --maxprocesses=4 --dist loadfile --no-loadscope-reorder
# Processes share compiled bytecode, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE
# Ignores folders that do not exist yet.
FAST := $(wildcard tests/engine tests/activities tests/laws tests/method tests/words)

.PHONY: help run demo dev check fast test soak bench screenshots types golden kept bundle lock audit sbom image image-check clean
.DELETE_ON_ERROR:

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 13

run: .make/runtime $(PAGES) ## start the server
	$(BIN)/python -m app serve

demo: .make/runtime $(PAGES) ## start the server with a demo workshop
	$(BIN)/python -m app demo

dev: .make/dev .make/node ## a reloading server, Vite and a demo workshop
	$(BIN)/python tools/dev.py

check: .make/dev .make/node ## style, types and contracts of both sides, in under a minute
	@$(MAKE) --no-print-directory -k -j2 -O check-style check-types check-contracts check-svelte check-lint check-made check-files
	@echo "All checks passed."

# All of them run, even if one fails.
.PHONY: check-style check-types check-contracts check-svelte check-lint check-made check-files
check-style:
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	cd frontend && npm run -s format-check
check-types:
	$(BIN)/mypy
check-contracts:
	$(BIN)/lint-imports --no-logo
check-svelte:
	cd frontend && npm run -s check
	$(BIN)/python tools/check_the_checks.py
check-lint:
	cd frontend && npm run -s lint
check-made:
	$(BIN)/python tools/write_types.py --check
check-files:
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/ground/test_files.py

fast: .make/dev .make/node ## the pure tests of both sides
	cd frontend && npm test
	$(BIN)/pytest -q $(FAST)

test: .make/dev .make/node $(PAGES) ## all tests: pure, database, server, browsers
	@$(MAKE) --no-print-directory -j2 test-pages test-server

# While the front end's tests run in one process, another core collects all other tests once for all processes;
# they begin as soon as that is done. Tests that call make are not part of this one.
.PHONY: test-pages test-server
test-pages:
	@said=$$(cd frontend && npm test 2>&1); failed=$$?; echo "$$said"; exit $$failed
test-server:
	@found=$$($(BIN)/pytest --collect-only -qq 2>&1) || { echo "$$found"; exit 1; }
	MAKEFLAGS= $(SIDE_BY_SIDE) --durations=10

soak: .make/dev .make/node $(PAGES) ## the tests at nightly sizes
	cd frontend && TRIVSEL_SOAK=1 npm test
	TRIVSEL_SOAK=1 $(BIN)/pytest --durations=10

bench: .make/dev $(PAGES) ## the load generator and its tables
	$(BIN)/python -m tests.load

screenshots: .make/dev $(PAGES) ## a picture of every screen, into the folder TO=
	$(BIN)/python -m tools.screenshots $(TO)

types: .make/dev .make/node ## write frontend/src/*.gen.ts from the server's code
	$(BIN)/python tools/write_types.py

golden: .make/dev ## write tests/golden: boards and drawings as the server has them
	$(BIN)/python -m tests.support.golden
	$(BIN)/python -m tests.support.drawings

kept: .make/dev $(PAGES) ## store a small data folder of this version, for later ones to open; TAG= for another
	$(BIN)/python -m tests.support.kept $(TAG)

bundle: $(if $(SYSTEM),.make/dev,.make/fetched) $(PAGES) ## a folder to install from without the internet; SYSTEM=linux, macos or windows for another
	rm -f $(BUNDLE)/trivselstavlen-*.whl
	TRIVSEL_PAGES=made $(BIN)/python -m hatchling build -t wheel -d $(BUNDLE)
	$(BIN)/python tools/make_bundle.py $(BUNDLE) $(SYSTEM)

lock: .make/dev ## renew the lock files; UPGRADE=--upgrade takes newer versions
	$(LOCK) $(UPGRADE) -o requirements.lock
	$(LOCK) $(UPGRADE) --group dev -o requirements-dev.lock
	$(subst pyproject.toml,,$(LOCK)) $(UPGRADE) --group build -o requirements-build.lock
	$(subst pyproject.toml,,$(LOCK)) $(UPGRADE) --group audit -o requirements-audit.lock
	cd frontend && npm install --package-lock-only

audit: .make/audit ## known vulnerabilities, risky lines, secrets; needs the internet
	$(AUDIT)/python tools/audit.py

sbom: .make/audit ## bill of materials as CycloneDX in dist/sbom, for Python and the pages
	$(AUDIT)/python tools/sbom.py dist/sbom

image: ## build the image, labelled with its version and commit
	docker build --build-arg VERSION=$(VERSION) --build-arg REVISION=$(shell git rev-parse HEAD) -t trivselstavlen:$(VERSION) .

image-check: .make/fetched .make/node ## lint the Dockerfile and run its steps in a fresh folder
	$(BIN)/python tools/image_check.py

clean: ## remove build output, but no data
	rm -rf .make .venv dist app/web openapi.json frontend/node_modules .mypy_cache .pytest_cache .ruff_cache

# --- prerequisites of the targets above; each is rebuilt only when its lock or its sources change

.make/build: requirements-build.lock
	@mkdir -p .make
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot make environments; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $@

# uv is fast but ignores pip's settings (a company's mirror, its certificate), so pip is the fallback.
define install
$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
endef

.make/runtime: requirements.lock .make/build
	$(call install,$<)
	@touch $@

.make/dev: requirements-dev.lock pyproject.toml .make/runtime
	$(call install,$<)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.make/audit: requirements-audit.lock .make/build
	rm -rf .make/audit-env
	$(PYTHON) -m venv .make/audit-env
	$(AUDIT)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

.make/node: frontend/package-lock.json
	@mkdir -p .make
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' || { echo "Node 20 or newer is needed."; exit 1; }
	cd frontend && npm ci --no-fund --no-audit
	@touch $@

$(PAGES): .make/node $(SOURCES)
	cd frontend && npm run -s build
	@touch $@

.make/fetched: requirements.lock requirements-build.lock .make/dev
	rm -rf dist/bundle .make/wheels-to-build
	$(FETCH) requirements.lock -d dist/bundle
	$(FETCH) requirements-build.lock -d .make/wheels-to-build
	@touch $@
