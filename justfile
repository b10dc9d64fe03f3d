# One door for work. `just check` is what CI runs.

set positional-arguments

# Where this is set to anything, every program that a test starts compiles all its libraries anew: most of its time.
export PYTHONDONTWRITEBYTECODE := ""

# List the recipes.
default:
    @just --list

# Format, lint, types, import contracts and all tests: what must pass before a commit lands.
check: lint types contracts test

# Bring the code into shape.
format:
    ruff format .
    ruff check --fix .

lint:
    ruff format --check .
    ruff check .

types:
    mypy

contracts:
    lint-imports

# All tests; more arguments go to pytest.
test *args:
    pytest -n 2 --dist worksteal "$@"

# The tests that take seconds, not minutes.
quick *args:
    pytest -m "not slow" "$@"

# Write the sample files anew (they are committed; a test compares).
samples:
    python -m data_samples.generate

# Write the generated documentation pages anew (a test compares).
docs:
    python -m docs.generate

# Measure one of the modules in benchmarks/: `just bench fit_decode`; more arguments go to it.
bench name *args:
    #!/usr/bin/env bash
    shift
    exec python -m "benchmarks.{{name}}" "$@"

# How fast a backlog comes in, how much memory it takes, and how long a second sync takes.
bench-import *args:
    python -m benchmarks.backlog "$@"

# Ten thousand broken files: no crash, no hang, a row for each.
bench-mutations *args:
    python -m benchmarks.mutations "$@"
