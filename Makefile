# Một Cửa. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
# uv must never fetch an interpreter, nor read another project's settings
export UV_PYTHON_DOWNLOADS := never
export UV_NO_CONFIG := 1
INSTALL := $(UV) pip install --quiet --python $(PY)
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --python $(PY) \
	--generate-hashes --no-emit-index-url --no-header --no-annotate
LOCKS := requirements/runtime.txt requirements/dev.txt

.PHONY: help up venv test check check-types check-house chromium bench proof gallery lock clean

help: ## hiện danh sách này · show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

up: $(VENV)/.runtime ## chạy hệ thống tại http://localhost:8000 · run the system
	@$(VENV)/bin/motcua up

venv: $(VENV)/.dev ## cài đặt vào .venv · install into .venv

test: $(VENV)/.dev chromium ## chạy mọi kiểm thử · run all tests
	@$(PY) -m tests.run

check: $(VENV)/.dev ## kiểm tra mã nguồn · check the source
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-types check-house

check-types: $(VENV)/.dev
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check-house: $(VENV)/.dev
	$(VENV)/bin/djlint --lint --quiet src
	$(VENV)/bin/pytest -q tests/house

bench: $(VENV)/.dev ## đo tốc độ · measure speed
	@$(PY) -m bench

proof: $(VENV)/.dev chromium ## các phép thử lớn: kill -9, cả một ngày ở quầy · the large runs
	@$(VENV)/bin/pytest -m proof --ignore=tests/proof/day --ignore=tests/proof/home --ignore=tests/proof/identity
	@$(VENV)/bin/pytest -m proof -s tests/proof/day # apart: a browser poisons the event loop
	@$(VENV)/bin/pytest -m proof -s tests/proof/home
	@$(VENV)/bin/pytest -m proof -s tests/proof/identity

gallery: $(VENV)/.dev chromium ## chụp mọi trang · take a picture of every page
	@$(PY) -m tests.gallery

lock: $(VENV)/.dev ## khóa lại các phiên bản · lock the versions anew
	$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt

clean: ## xóa .venv, bộ đệm và cơ sở dữ liệu kiểm thử, không xóa dữ liệu · remove all but the data in var
	@if [ -x $(VENV)/bin/motcua ] && [ -d var/test-pg ]; then \
		$(PY) -c 'from pathlib import Path; from motcua.cli import cluster; cluster.stop(Path("var/test-pg"))'; \
	fi
	rm -rf $(VENV) var/test-pg var/bytecode build dist gallery src/*.egg-info .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

chromium:
	@.ci/chromium

$(VENV)/.bootstrap: requirements/bootstrap.txt
	@.ci/venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.bootstrap requirements/runtime.txt pyproject.toml
	@$(INSTALL) --require-hashes -r requirements/runtime.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# the development set holds the runtime one; what is in neither is removed
$(VENV)/.dev: $(VENV)/.bootstrap $(LOCKS) pyproject.toml
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime
