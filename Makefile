# make help lists the targets. Needs only make and Python 3.11 or newer; Windows has tasks.ps1.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
SEEDS ?= 1000

# What PySide6 needs, measured on a bare Debian 12: first to start at all, then for a window (X11, Wayland) and a printer.
NEEDED := python3-venv ca-certificates libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libbrotli1
WINDOW := libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 \
	libwayland-cursor0 libcups2

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench cuts fuzz rush shots manual day clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(VENV)/.ok ## Install everything (later calls do nothing)

run: $(VENV)/.ok ## Start a training office: centre and counter (no screen: plays a morning into out/)
	@exec $(BIN)/python -m oirs_desktop demo

test: $(VENV)/.ok ## Run all tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -q tests

check: $(VENV)/.ok ## Run the style, type, import and house checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q tests/house

format: $(VENV)/.ok ## Format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format .

bench: $(VENV)/.ok ## Print the figures as JSON lines
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench

cuts: $(VENV)/.ok ## Cut the line at every byte of real exchanges, or at every N-th
	@$(BIN)/python -m tests.faults.cuts $(or $(N),1)

fuzz: $(VENV)/.ok ## Garble N frames each way (default 2000)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.faults.fuzz $(or $(N),2000)

sim: $(VENV)/.ok ## Search for faults of the exchange in random runs: make sim SEEDS=10000
	@$(BIN)/python -m tests.sim --seeds $(SEEDS)

rush: $(VENV)/.ok ## Let 64 counters come to the centre at once
	@$(BIN)/python -m tests.faults.rush

shots: $(VENV)/.ok ## Make the pictures of every screen and paper in docs/shots/
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.support.shots docs/shots

manual: $(VENV)/.ok ## Make the PDFs of the manual for officials in docs/manual/
	@$(BIN)/python -m tests.support.manual docs/manual

day: $(VENV)/.ok ## Play a list of attentions: make day FILE=tests/data/dia_de_meson.csv
	@test -n "$(FILE)" || { echo "Say which list: make day FILE=tests/data/dia_de_meson.csv"; exit 2; }
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m oirs_desktop day "$(FILE)" --out $(OUT)

clean: ## Remove the virtual environment, caches and out/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache out build *.egg-info

# Three stamps, so that a changed lock installs wheels again and nothing else.
$(VENV)/.ok: $(VENV)/.wheels pyproject.toml
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.wheels: requirements.lock $(VENV)/.venv
	@echo "Installing the locked packages (about 200 MB, once) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/.venv:
	@./.ci/libraries $(PYTHON) $(NEEDED) -- $(WINDOW)
	@$(PYTHON) -m venv $(VENV)
	@touch $@
