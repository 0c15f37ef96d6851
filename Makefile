# The two commands are `make run` and `make test`; see README.md.
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
LOCAL = $(if $(PYTHON),$(PYTHON) -m tten.local,$(error Python 3.11 or later is needed / 需要 Python 3.11 以上: apt-get install python3))
export PORT AGAINST LIMITS ONLY BLOCKS STEPS SEED HOSTILE_ROUNDS SHORTEN DRAW POOL FROM

.PHONY: help run demo-more drill reset test test-fast walk attack upgrade queries bench lint types states notices settings quality screens image-steps sbom setup stop clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: ## everything on http://127.0.0.1:8000 with demo data (PORT= changes the port); Ctrl-C stops
	@$(LOCAL) run

demo-more: ## add PRODUCTS=2000 products and CASES=600 cases (300 at least) to the demo of `make run`
	@$(LOCAL) demo-more

drill: ## back up the demo of `make run`, restore it beside itself to a moment, prove it: how long, how much, what was lost
	@$(LOCAL) drill

reset: ## stop it and forget its data
	@$(LOCAL) reset

test: ## every check and every test, the browser journeys included; FILE=tests/… runs that file alone, POOL=1 all through PgBouncer
	@$(LOCAL) test $(FILE)

test-fast: ## the tests of what has changed since the last commit
	@$(LOCAL) test-fast

walk: ## people try the portal at random while things go wrong: STEPS=2000 SEED=1
	@$(LOCAL) test tests/walk/test_walk.py

attack: ## every address, every role, own, foreign and guessed numbers (DRAW=1 draws tests/attack/table.json anew)
	@$(LOCAL) test tests/attack

upgrade: ## FROM=REV, the release in use: two releases on one database carry a case through, and nobody is sent away
	@$(LOCAL) test tests/releases

queries: ## measure anew how many queries each page asks (tests/queries.json)
	@$(LOCAL) queries

bench: ## what each line of benchmarks/NAME.py costs, beside its limit (AGAINST= another commit, LIMITS=lower or new)
	@$(LOCAL) bench $(or $(NAME),pages)

lint: ## ruff and djlint alone
	@$(LOCAL) lint

types: ## mypy and the layers of imports alone
	@$(LOCAL) types

states: ## draw docs/states.md from the workflows
	@$(LOCAL) states

notices: ## draw docs/notices.md: who is told what
	@$(LOCAL) notices

settings: ## draw docs/settings.md from tten/settings.py
	@$(LOCAL) settings

quality: ## draw docs/quality.md: the figures of the code and their limits
	@$(LOCAL) quality

screens: ## bring up a demo of its own and take the pictures of docs/screens/
	@$(LOCAL) screens

image-steps: ## as root on Debian: the steps of the Dockerfile in a bare Debian, the server on a root that cannot be written
	@$(PYTHON) ops/image_steps.py

sbom: ## var/parts: what production is made of (CycloneDX) and its licences; refuses what may not be in it
	@$(PYTHON) ops/parts.py

setup: ## make .venv with everything for development
	@$(LOCAL) setup

stop: ## stop the portal, PostgreSQL and Valkey; the data stays
	@$(LOCAL) stop

clean: reset ## forget everything that was made: data, results, caches, .venv
	rm -rf var .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
