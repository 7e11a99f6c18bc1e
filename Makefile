# Every command of the project; `make help` prints the lines that start with two hashes.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

# The theme and a plugin advertise their successors at every build; and no output depends on the clock.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
export SOURCE_DATE_EPOCH ?= $(or $(shell git log -1 --format=%ct 2>/dev/null),0)

set_up = @command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install it, or name one with PYTHON="; exit 1; }; \
	$(PYTHON) scripts/set_up.py $(VENV)

.PHONY: help serve build check test bench shots evidence evidence-check export permalinks schema lock clean
.PHONY: site-env test-env node

## help            this list
help:
	@sed -n 's/^## /  make /p' $(MAKEFILE_LIST)

## serve           build the site and serve it on this machine; PORT=8000
serve: site-env
	@$(RUN) scripts/serve_site.py "$(PORT)"

## build           build the site into site/
build: site-env
	@$(RUN) scripts/build_site.py site

## check           print every problem of the data as path:line: message
check: site-env
	@$(RUN) scripts/check_data.py

## test            run every test; installs what the tests need
test: test-env node
	@$(RUN) -m ruff check -q .
	@$(RUN) -m ruff format -q --check .
	@$(RUN) -m pytest $(PYTEST)

## bench           Lighthouse scores, bytes over the wire and build time
bench: test-env
	@$(RUN) scripts/set_up_node.py bench
	@$(RUN) bench/measure.py

## shots           screenshots of every kind of page into shots/
shots: test-env
	@$(RUN) scripts/take_shots.py shots

## evidence        ask real Nova again and record what it answers (long)
evidence: site-env
	@$(RUN) scripts/evidence/collect.py

## evidence-check  ask real Nova again and show what differs from the record
evidence-check: site-env
	@$(RUN) scripts/evidence/collect.py --check

## export          the source of the site for any other generator, into OUT=
export: site-env
	@test -n "$(OUT)" || { echo "say where to: make export OUT=some/folder"; exit 2; }
	@$(RUN) scripts/export_site.py "$(OUT)"

## permalinks      add the new addresses and anchors to data/permalinks.txt
permalinks: site-env
	@$(RUN) scripts/list_permalinks.py

## schema          write the schema for editors of data/statuses.yaml
schema: site-env
	@$(RUN) scripts/write_schema.py

## lock            pin the newest versions again, with their hashes
lock: site-env
	@$(RUN) scripts/lock.py

## clean           remove what was built and installed
clean:
	@rm -rf site .site.* shots .cache $(VENV) tests/node/node_modules bench/node_modules

site-env:
	$(set_up) requirements/site.lock

test-env:
	$(set_up) requirements/test.lock
	@$(RUN) scripts/find_chromium.py --install >/dev/null
# A web server is put on nobody's own machine: elsewhere its test is skipped, and says so.
	@if [ -n "$$CI" ]; then $(RUN) scripts/system_packages.py; fi

node: test-env
	@$(RUN) scripts/set_up_node.py tests/node
