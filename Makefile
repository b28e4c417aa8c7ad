# The commands of the project. Everything they make or install stays in the tree: target/, .venv/ and .cache/.

PYTHON ?= python3
CARGO ?= cargo
VENV := .venv
BIN := $(VENV)/bin
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
ESTATE := examples/estate
# Seconds of fuzzing per target: a short run in `make test`, a long one in `make fuzz`.
FUZZ_SECONDS_SHORT ?= 5
FUZZ_SECONDS ?= 600
# Mutants of a long run, and where it starts: the same numbers make the same mutants.
MUTANTS ?= 100000
MUTANTS_SEED ?= 1

# The built C library that `make install` takes; PREFIX, LIBDIR, INCLUDEDIR and DESTDIR say where it goes.
BUILT ?= $(TARGET)/release

# A test builds the wheel with the profile dev, to see what is in it.
WHEEL_PROFILE ?= release
WHEEL_OPTIONS ?=

# For every system and Python at once; where packages are taken from is not written down.
PINS := pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make pins"

export PATH := $(CURDIR)/.cache/tools/bin:$(PATH):$(abspath $(TARGET))/pwsh/bin
# PowerShell: the one on PATH, or else one that was unpacked into target/pwsh; nothing where there is none.
PWSH := $(shell PATH="$(PATH)" command -v pwsh)
# The compiler of the module's assembly.
MCS := $(shell command -v mcs)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo demo-offline installed build fuzz-build wheel powershell windows arm64 install uninstall develop cross mutants public-certificates test test-rust test-python test-powershell test-c test-fuzz lint lint-rust lint-python lint-deny audit pins bench fuzz deps deps-system deps-tools check

help: ## show this text
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

# --- using it -----------------------------------------------------------------------------------------------------

demo: installed ## build everything, start a simulated estate, collect it and judge it
	$(CARGO) build --locked --release -p vitrust-simulator
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/tools/demo.sh live "$(abspath $(TARGET))/release/vitrust-simulator" "$(abspath $(TARGET))/demo"

demo-offline: installed ## the same for the files of the example estate
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/tools/demo.sh offline $(ESTATE)

installed: wheel
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps "$$(ls -t $(TARGET)/wheels/vitrust-*.whl | head -n 1)"

wheel: $(BIN)/maturin ## build the Python wheel, with its bill of materials, into target/wheels
	CARGO="$(CARGO)" $(BIN)/python tests/tools/sbom.py vitrust-python $(TARGET)/sbom/vitrust.cdx.json
	$(BIN)/maturin build --locked --profile $(WHEEL_PROFILE) $(WHEEL_OPTIONS) --interpreter $(BIN)/python \
		--manifest-path bindings-python/Cargo.toml --out $(TARGET)/wheels \
		--sbom-include $(abspath $(TARGET))/sbom/vitrust.cdx.json

powershell: ## the PowerShell module, a zip of it and its tests, in target/powershell
	tests/tools/powershell.sh "$(abspath $(TARGET))" "$(CARGO)" "$(PYTHON)" release "$(abspath $(TARGET))/powershell"

windows: ## build the C library for Windows into target/dist/win-x64
	tests/tools/cross.sh windows release $(TARGET)/dist/win-x64

arm64: ## build the C library for Linux on 64-bit ARM into target/dist/linux-arm64
	tests/tools/cross.sh arm64 release $(TARGET)/dist/linux-arm64

install: ## install the C library, its header and vitrust.pc (PREFIX=/usr/local DESTDIR=)
	$(CARGO) build --locked --release -p vitrust-c
	tests/tools/install.sh install "$(BUILT)"

uninstall: ## remove what install put there
	tests/tools/install.sh uninstall

# --- working on it ------------------------------------------------------------------------------------------------

test: test-rust test-python test-powershell test-fuzz ## run every test
	@echo "make test: all passed"

test-rust: public-certificates ## Rust tests, documentation examples and the C tests they drive
	$(CARGO) test --locked --workspace

test-python: develop ## Python tests
	$(BIN)/python -m pytest -n auto --dist loadfile tests/python

ifeq ($(PWSH),)
test-powershell:
	@echo "test-powershell: skipped: there is no pwsh on PATH or in target/pwsh/bin, so tests/powershell/run.ps1 is not run"
else ifeq ($(MCS),)
test-powershell:
	@echo "test-powershell: skipped: there is no mcs (install mono-devel), so the module has no assembly and tests/powershell/run.ps1 is not run"
else
test-powershell: develop ## the tests of the packaged module in a real PowerShell, where there is one
	tests/tools/powershell.sh "$(abspath $(TARGET))" "$(CARGO)" "$(PYTHON)" debug "$(abspath $(TARGET))/tmp/powershell"
	VITRUST_GOLDEN="$(CURDIR)/tests/powershell/golden" "$(PWSH)" -NoLogo -NoProfile -NonInteractive -File "$(TARGET)/tmp/powershell/tests/run.ps1"
	VITRUST_MODULE="$(abspath $(TARGET))/tmp/powershell/VITrust" VITRUST_PWSH="$(PWSH)" "$(BIN)/python" -m pytest -q tests/python/test_same_powershell.py
endif

test-c: ## only the tests of the C ABI
	$(CARGO) test --locked -p vitrust-c
	$(CARGO) test --locked -p vitrust-tests --test suite capi

public-certificates: $(TARGET)/tmp/public-certificates.tsv

$(TARGET)/tmp/public-certificates.tsv: $(VENV)/.ready tests/tools/public_certificates.py
	$(BIN)/python tests/tools/public_certificates.py $@

mutants: $(VENV)/.ready ## ask every validator about many mutants (MUTANTS=100000 MUTANTS_SEED=1)
	$(CARGO) run --locked --release -p vitrust-tests --example mutants -- run $(MUTANTS) $(MUTANTS_SEED)

cross: ## build beforehand what the tests of other systems use, where this machine can
	tests/tools/cross.sh windows cross $(TARGET)/tmp/cross/win-x64 unit || [ $$? = 77 ]
	tests/tools/cross.sh arm64 cross $(TARGET)/tmp/cross/linux-arm64 || [ $$? = 77 ]

build: public-certificates ## build every test beforehand, and run none
	$(CARGO) test --locked --workspace --no-run

fuzz-build: ## build beforehand what the short run of the fuzz targets uses
	tests/tools/fuzz.sh 0

test-fuzz: ## a short run of every fuzz target, where nightly and cargo-fuzz are there
	tests/tools/fuzz.sh $(FUZZ_SECONDS_SHORT)

fuzz: ## a long run of every fuzz target (FUZZ_SECONDS=600 each)
	tests/tools/fuzz.sh $(FUZZ_SECONDS) install

bench: ## the benchmarks, beside their peers
	$(CARGO) bench --locked -p vitrust-tests
ifneq ($(and $(PWSH),$(MCS)),)
	$(MAKE) --no-print-directory powershell
	$(PYTHON) tests/benches/import.py "$(PWSH)" "$(TARGET)/powershell/VITrust"
else
	@echo "bench: skipped: the import of the PowerShell module is not timed, as there is no pwsh (on PATH or in target/pwsh/bin) or no mcs"
endif

lint: lint-rust lint-python lint-deny ## formatting, lints, documentation, types, licences
	@echo "make lint: clean"

lint-rust:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(CARGO) check --locked -p vitrust --no-default-features
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps

lint-python: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd bindings-python && $(CURDIR)/$(BIN)/mypy --strict python ../tests/python
	cd bindings-python && $(CURDIR)/$(BIN)/python -m mypy.stubtest vitrust._native

lint-deny: $(VENV)/.ready
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/tools/deny.sh

audit: ## known vulnerabilities of the crates we use; needs the advisory database, which it downloads
	@tests/tools/audit.sh

pins: $(VENV)/.ready ## write the pins of the Python packages, with hashes, from bindings-python/requirements-*.in
	cd bindings-python && $(CURDIR)/$(BIN)/uv $(PINS) --python-version 3.9 requirements-build.in -o requirements-build.txt
	cd bindings-python && $(CURDIR)/$(BIN)/uv $(PINS) --python-version 3.11 requirements-dev.in -o requirements-dev.txt

deps: ## install what the checks can use: system packages when root, the rest into the tree
	tests/tools/deps.sh "$(PYTHON)"
	$(MAKE) --no-print-directory $(VENV)/.ready

deps-system: ## of these only the system packages and the Python environment
	tests/tools/deps.sh "$(PYTHON)" system
	$(MAKE) --no-print-directory $(VENV)/.ready

deps-tools: ## of these only the Rust tools
	tests/tools/deps.sh "$(PYTHON)" tools

check: ## what runs before every merge: deps, lint, cross, build, test
	.ci/run

# --- the Python environment ---------------------------------------------------------------------------------------

develop: $(VENV)/.ready ## build the extension module for tests, and put it into .venv
	$(CARGO) build --locked --workspace
	$(BIN)/python tests/tools/develop.py "$(abspath $(TARGET))/debug"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(BIN)/maturin: bindings-python/requirements-build.txt | $(BIN)/python
	$(BIN)/python -m pip install --require-hashes -r bindings-python/requirements-build.txt
	touch $@

$(VENV)/.ready: bindings-python/requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --require-hashes -r bindings-python/requirements-dev.txt
	touch $@
