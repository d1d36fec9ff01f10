# Two commands are enough to begin: `make run` and `make test`.
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
# The first of these that is there and is 3.11 or later makes the environment
BASE_PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: run test check bench format clean

run: $(VENV)/site  ## Start the site and the worker with demonstration content
	@PORT=$(PORT) $(PYTHON) -m wlg.run

# What says the same on every database runs once: text, pictures' bytes, looks, other programs and the long way round
ONCE := $(patsubst %,--ignore=tests/%,deploy desk look pen_names word wlg/test_run.py editorial/test_pictures_renditions.py \
	test_changes.py test_headings.py test_merging.py test_prose.py test_typesetting.py \
	archive/test_texts.py archive/test_kinds.py archive/test_media_places.py archive/test_fetching.py archive/test_packed.py \
	archive/test_choosing.py archive/test_feeds.py archive/test_folder.py archive/test_ghost.py archive/test_joomla.py \
	archive/test_wordpress.py archive/test_wordpress_texts.py archive/test_wordpress_comments.py \
	archive/test_wordpress_hostile.py archive/test_recognising.py archive/test_report.py archive/test_plain_files.py \
	archive/test_formats_json.py archive/test_formats_markdown.py archive/test_formats_wxr.py wlg/backups/test_folder.py)
# Neighbours stay together, so that rows made once for a module are made once; whoever is done first takes over the rest
PYTEST := $(PYTHON) -m pytest -n auto --dist worksteal

test: $(VENV)/tools  ## Run all tests, on SQLite and then on PostgreSQL
	$(PYTEST)
	$(PYTHON) -m tests.on_postgresql $(PYTEST) -m "not browser" $(ONCE)

check: $(VENV)/tools  ## Lint, types, layers, templates, migrations, deployment settings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	DEVELOPMENT=1 $(VENV)/bin/mypy
	DEVELOPMENT=1 $(VENV)/bin/lint-imports
	git ls-files -z --cached --others --exclude-standard -- 'templates/*.html' | xargs -0 $(VENV)/bin/djade --check --target-version 5.2
	DEVELOPMENT=1 $(PYTHON) manage.py makemigrations --check --dry-run
	SITE_URL=https://blog.example DEFAULT_FROM_EMAIL=editors@blog.example \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

bench: $(VENV)/tools  ## Measure on this machine, and write docs/performance.md (PARTS="speed wire" for some of it)
	$(PYTHON) -m tests.bench $(PARTS)

format: $(VENV)/tools  ## Format code and templates
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	git ls-files -z --cached --others --exclude-standard -- 'templates/*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2

clean:  ## Remove the environment; what was written stays in var/
	rm -rf $(VENV)

# Marker files: an environment is built once, and again only when the pins change
$(VENV)/bin/python:
	@test -n "$(BASE_PYTHON)" || { echo "Python 3.11 or later is needed; none was found."; exit 1; }
	$(BASE_PYTHON) -m venv $(VENV)

$(VENV)/site: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tools: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/site
