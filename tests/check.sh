#!/bin/sh
# What `make check` does: every step is named before it runs, and all run even when one fails.
BIN=$1
FAILED=""
step() {
  NAME=$1
  shift
  echo "— $NAME"
  "$@" || FAILED="$FAILED, $NAME"
}
step "format" "$BIN/ruff" format --check --quiet .
step "lint" "$BIN/ruff" check --quiet .
step "types" "$BIN/mypy" --no-error-summary rohnamo
step "floors and rooms" "$BIN/lint-imports" --no-logo
step "rooms by name, relations, personal data" "$BIN/pytest" -q tests/test_house.py
step "catalogues" "$BIN/rohnamo" messages --check
step "templates" "$BIN/pytest" -q tests/test_templates.py
step "migrations up to date" "$BIN/python" manage.py makemigrations --check --dry-run --verbosity 0
step "settings for deployment" env ROHNAMO_ORIGIN=https://example.org "$BIN/python" -W error manage.py check --deploy --fail-level WARNING
if [ -n "$FAILED" ]; then
  echo "Found wrong:${FAILED#,}" >&2
  exit 1
fi
echo "All checks passed."
