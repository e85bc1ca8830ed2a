# GNU make 3.81 (macOS) and any POSIX sh are enough.
.DEFAULT_GOAL := help
.PHONY: help setup serve site docs test check format messages bench audit sbom dist lock clean torture

VENV = .venv
PY = $(VENV)/bin/python
PIP = PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip --no-input
MKDOCS = $(PY) -m mkdocs

SETUP = $(VENV)/.setup
BROWSER = $(VENV)/.browser
EDITOR = $(VENV)/.editor
PRINTER = $(VENV)/.printer
SPREADSHEET = $(VENV)/.spreadsheet
PEERS = $(VENV)/builders/mkdocs/.made $(VENV)/builders/zensical/.made
PLUGINS = $(VENV)/builders/other_plugins/.made
BUILDERS = $(VENV)/builders/zensical/.made $(VENV)/builders/properdocs/.made $(PLUGINS)
TOOLS = $(VENV)/tools/.made

# Tried in turn if PYTHON names none. The lock is for 3.11 to 3.14.
PYTHON =
PYTHONS = python3.14 python3.13 python3.12 python3.11 python3

# make serve ARGS="-a 127.0.0.1:8001"; make test ARGS="-k timeline"; make lock ARGS=--upgrade
ARGS =
PYTEST_ARGS = -n auto --dist worksteal

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(SETUP) ## Create the environment in .venv (other commands do this too)
	@echo "The environment in $(VENV) is ready."

serve: $(SETUP) ## Preview the site, updated at every change
	$(MKDOCS) serve $(ARGS)

site: $(SETUP) ## Build, validate and publish the site into site/, in one step
	$(VENV)/bin/briefings build $(ARGS)

docs: $(SETUP) ## Build the documentation as a site into dist/docs/
	$(MKDOCS) build --strict --config-file docs.yml $(ARGS)

test: $(SETUP) $(BROWSER) $(EDITOR) $(PRINTER) $(BUILDERS) $(TOOLS) ## Run every test, including those in a browser
	$(PY) -m pytest $(PYTEST_ARGS) $(ARGS)

# The tests with a long form.
LONG = hostile or every_character or bad_files or fuzz or publishing or atomic_swap or under_load or \
	reproducible or pipeline or kinds_of_pages or json_import or spreadsheet or other_plugins or odd_values or \
	words_kept or supply or other_builders or serve or installed or reader_up or markdown_to_html or \
	at_a_glance or builds_again or leaving_out or without_script or is_printed or words_shown or \
	advice or no_english or refused_alike or many_links or anothers_place

torture: $(SETUP) $(BROWSER) $(SPREADSHEET) ## Run the long versions of the safety tests, which take many hours
	$(PY) -m pytest $(PYTEST_ARGS) --torture -k "$(LONG)" $(ARGS)

check: $(SETUP) $(TOOLS) ## Check style, types, workflows and briefings
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict generator
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/tools/bin/zizmor --offline --pedantic --quiet .github .pre-commit-config.yaml
	$(VENV)/bin/briefings check
	$(VENV)/bin/briefings schema --check

format: $(SETUP) ## Format the code in the project's style
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

BABEL = $(VENV)/bin/pybabel --quiet
TEXTS = generator/locale/messages.pot

messages: $(SETUP) ## Collect the texts of the interface, and add new ones to the catalogues of all languages
	$(BABEL) extract --mapping=pyproject.toml --keywords=plural_forms:1,2 --keywords=translatable --add-location=file \
	    --omit-header --sort-by-file --width=100 --output=$(TEXTS) generator
	$(BABEL) update --input-file=$(TEXTS) --output-dir=generator/locale --no-fuzzy-matching --width=100 \
	    --ignore-obsolete --ignore-pot-creation-date

bench: $(SETUP) $(PEERS) ## Time builds, edits and checks, compare with other builders, and write benchmarks/RESULTS.md
	$(PY) -m benchmarks.build $(ARGS)

audit: $(TOOLS) ## Look for published vulnerabilities in the locked packages
	$(VENV)/tools/bin/python -m supply.audit requirements.lock supply/tools.lock \
	    tests/builders/mkdocs.lock tests/builders/zensical.lock tests/builders/properdocs.lock \
	    tests/builders/other_plugins.lock

sbom: $(SETUP) $(TOOLS) ## List everything the site is built with: dist/sbom.cdx.json (CycloneDX)
	mkdir -p dist
	$(VENV)/tools/bin/python -m supply.sbom $(PY) dist/sbom.cdx.json

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/tools/bin/uv pip compile --no-config --quiet \
    --universal --python-version 3.11 --generate-hashes

dist: $(SETUP) $(TOOLS) ## Build the package, the same bytes each time, into dist/package/
	rm -rf dist/package
	$(PY) -m hatchling build --directory dist/package
	$(VENV)/tools/bin/twine check --strict dist/package/*

lock: $(TOOLS) ## Update the lock files from pyproject.toml and the lists of other tools
	$(COMPILE) --extra pdf --extra test --extra dev --output-file requirements.lock $(ARGS) pyproject.toml
	for packages in supply/tools tests/builders/mkdocs tests/builders/zensical tests/builders/properdocs; do \
	    $(COMPILE) --output-file $$packages.lock $(ARGS) $$packages.in || exit 1; \
	done
	$(COMPILE) --output-file tests/builders/other_plugins.lock $(ARGS) pyproject.toml tests/builders/other_plugins.in

clean: ## Remove the environment, the site and all caches
	rm -rf $(VENV) site dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is complete if pip runs in it. If not, create it again.
$(SETUP): requirements.lock pyproject.toml
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	    for python in $(or $(PYTHON),$(PYTHONS)); do \
	        "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	        found=$$python; \
	        "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	        echo "Creating $(VENV) with $$("$$python" --version)"; \
	        exec "$$python" -m venv --clear $(VENV); \
	    done; \
	    if [ -n "$$found" ]; then \
	        echo "$$found can't create virtual environments: on Debian and Ubuntu, run 'apt install python3-venv'." >&2; \
	    else \
	        echo "Python 3.11 or newer is needed, and none of these is: $(or $(PYTHON),$(PYTHONS))." >&2; \
	    fi; \
	    exit 1; \
	fi
	$(PIP) install -qq --require-hashes -r requirements.lock
	$(PIP) install -qq --no-deps --no-build-isolation --editable .
	$(PIP) check
	@touch $@

$(BROWSER): $(SETUP) tests/browser/install_browser.py
	$(PY) tests/browser/install_browser.py $@

# An npm of the system knows the system's certificates. The one in .venv needs an option for that.
NPM_ARGS = --loglevel=error --no-audit --no-fund --ignore-scripts

# The language server that editors run and the HTML checker, at the versions and hashes of a lock.
$(EDITOR): $(SETUP) tests/editor/package.json tests/editor/package-lock.json
	mkdir -p $(VENV)/editor
	cp tests/editor/package.json tests/editor/package-lock.json $(VENV)/editor/
	cd $(VENV)/editor && if command -v npm >/dev/null; then npm ci $(NPM_ARGS); \
	    else PATH="$$PWD/../bin:$$PATH" NODE_OPTIONS=--use-system-ca npm ci $(NPM_ARGS); fi
	@touch $@

# The system libraries that WeasyPrint needs, as Debian and Ubuntu name them.
PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

$(PRINTER): $(SETUP)
	@$(PY) -c 'import weasyprint' 2>/dev/null || { \
	    sudo=$$(test "$$(id -u)" = 0 || echo sudo -n); \
	    if command -v apt-get >/dev/null; then \
	        $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $(PANGO); \
	    fi; \
	    $(PY) -c 'import weasyprint' || { \
	        echo "PDF files need Pango: on macOS, run 'brew install pango'." >&2; exit 1; }; }
	@touch $@

# A spreadsheet program, to open the tables as readers do.
$(SPREADSHEET): $(SETUP)
	@command -v soffice >/dev/null || { \
	    sudo=$$(test "$$(id -u)" = 0 || echo sudo -n); \
	    if command -v apt-get >/dev/null; then \
	        $$sudo apt-get update -qq && \
	        DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends \
	            libreoffice-calc-nogui >/dev/null; \
	    fi; \
	    command -v soffice >/dev/null || { \
	        echo "The tests of the tables need LibreOffice: 'brew install --cask libreoffice'." >&2; \
	        exit 1; }; }
	@touch $@

# Other builders of an exported site, each in a separate environment.
$(VENV)/builders/%/.made: tests/builders/%.lock $(SETUP)
	$(PY) -m venv --clear $(@D)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(@D)/bin/python -m pip --no-input install -qq --require-hashes -r $<
	@touch $@

# Other plugins share one environment with this plugin.
$(PLUGINS): tests/builders/other_plugins.lock $(SETUP)
	$(PY) -m venv --clear $(@D)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(@D)/bin/python -m pip --no-input install -qq --require-hashes -r $<
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(@D)/bin/python -m pip --no-input install -qq --no-deps \
	    --no-build-isolation --editable .
	@touch $@

# Doesn't depend on $(SETUP), which fails while the lock lacks what pyproject.toml requires.
$(TOOLS): supply/tools.lock
	@test -x $(PY) || $(MAKE) setup
	$(PY) -m venv --clear $(@D)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(@D)/bin/python -m pip --no-input install -qq --require-hashes -r $<
	@touch $@
