# Lianxi: every command a developer types. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run demo check test test-web golden reference web openapi compile lock format screenshots clean
MAKEFLAGS += --no-print-directory
bin := .venv/bin

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv ready for development (again: under a second)
	@tools/make/setup.sh dev

run: ## Run a whole centre on this machine: PostgreSQL, Asterisk, web, everything
	@tools/make/setup.sh runtime
	@tools/make/web.sh build
	@exec $(bin)/lianxi up $(args)

demo: ## The same with a demonstration centre and scripted callers and agents
	@tools/make/setup.sh runtime
	@tools/make/web.sh build
	@exec $(bin)/lianxi up --demo $(args)

check: setup ## The quick gate: style, types, architecture, unit tests, web checks (< 3 min)
	@tools/make/check.sh

test: setup ## All tests by category: unit, db, asterisk, web (only="unit db": some of them)
	@tools/make/test.sh $(only)

test-web: setup ## The web desktop alone: its unit tests, its pages and journeys in Chromium
	@tools/make/test.sh web

compile: setup ## Build the fast core with mypyc for simulations and benches (only="test": try it)
	@tools/make/compile.sh $(only)

golden: setup ## Rewrite the golden journals; the diff is a review of behaviour
	@$(bin)/pytest -q -m unit tests/engine --rewrite-golden

reference: setup ## Write the reference pages that are made from the code
	@$(bin)/python -m tools.reference --write

web: setup ## Build the web desktop into web/dist (only when its sources changed)
	@tools/make/web.sh build

openapi: setup ## Write openapi.json and the web desktop's generated types anew
	@$(bin)/python -m tools.openapi --write

screenshots: setup ## Pictures of the pages for the docs
	@tools/make/web.sh build
	@$(bin)/python -m tools.screenshots

format: setup ## Put code into the house's form
	@$(bin)/ruff check --fix-only --quiet
	@$(bin)/ruff format --quiet

lock: setup ## Resolve the dependencies of pyproject.toml into the two lock files
	@tools/make/lock.sh

clean: ## Remove everything that the commands above made (never a centre's home)
	rm -rf .venv .stamps build dist web/node_modules web/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
