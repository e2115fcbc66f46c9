#!/bin/bash
# The previous state's demo home, with data in it, is taken over by the present code: it migrates, it counts the same,
# it serves. On SQLite; on PostgreSQL when DATABASE_URL is set. .ci/upgrade-from names the previous state.
set -euo pipefail
cd "$(dirname "$0")/.."
HERE=$PWD
PYTHON=$HERE/.venv/bin/python
PEOPLE=${UPGRADE_PEOPLE:-5000}
COMMIT=$(grep -Ev '^(#|changed |$)' .ci/upgrade-from | head -1)

# Said loudly, and not failed: a clone without history has nothing to upgrade from.
skip() {
  echo "########## THE UPGRADE WAS NOT TRIED: $1" >&2
  exit 0
}
git rev-parse --git-dir >/dev/null 2>&1 || skip "this is no git checkout, so there is no previous state."
git cat-file -e "$COMMIT^{commit}" 2>/dev/null ||
  skip "commit $COMMIT is not in this clone (is it shallow?). Fetch the history: git fetch --unshallow"

WORK=$(mktemp -d)
SERVER=""
DATABASE=""
tidy() {
  if [ -n "$SERVER" ]; then
    kill "$SERVER" 2>/dev/null || true
    wait "$SERVER" 2>/dev/null || true
  fi
  if [ -n "$DATABASE" ]; then
    "$PYTHON" .ci/upgrade_home.py drop "$DATABASE" || true
  fi
  rm -rf "$WORK"
}
trap tidy EXIT
mkdir "$WORK/before" "$WORK/home"
git archive "$COMMIT" | tar -x -C "$WORK/before"

# The previous state runs on the present packages where all it asks for is among them, and on its own otherwise.
BEFORE=$PYTHON
if ! "$PYTHON" .ci/upgrade_home.py fits "$WORK/before/pyproject.toml"; then
  echo "The previous state asks for other packages; they are installed beside it ..."
  (cd "$WORK/before" && env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT=.venv "$HERE/.venv/bin/uv" sync --frozen --quiet \
    --python "$PYTHON")
  BEFORE=$WORK/before/.venv/bin/python
fi

export ROHNAMO_HOME=$WORK/home
KIND=SQLite
if [ -n "${DATABASE_URL:-}" ]; then
  KIND=PostgreSQL
  DATABASE=upgrade_$$
  DATABASE_URL=$("$PYTHON" .ci/upgrade_home.py create "$DATABASE")
  export DATABASE_URL
fi
rohnamo() { PYTHONPATH=$1 "$2" -c 'from rohnamo.config.commands import main; main()' "${@:3}"; }
figures() { PYTHONPATH=$1 "$2" .ci/upgrade_home.py tell "$3"; }

echo "— upgrade on $KIND: a demo home of ${COMMIT:0:12} with $PEOPLE people"
(cd "$WORK/before" && rohnamo "$WORK/before" "$BEFORE" demo --people "$PEOPLE" --no-serve) >"$WORK/demo.log" 2>&1 || {
  cat "$WORK/demo.log" >&2
  echo "The previous state's demo home could not be made." >&2
  exit 1
}
figures "$WORK/before" "$BEFORE" "$WORK/before.json"

echo "— migrated by the present code"
"$PYTHON" manage.py migrate --verbosity 1 | grep -E '^ +Applying|No migrations' || true
"$PYTHON" manage.py createcachetable --verbosity 0
figures "$HERE" "$PYTHON" "$WORK/migrated.json"
"$PYTHON" .ci/upgrade_home.py compare "$WORK/before.json" "$WORK/migrated.json"

echo "— counted anew"
rohnamo "$HERE" "$PYTHON" results recount >/dev/null
figures "$HERE" "$PYTHON" "$WORK/recounted.json"
"$PYTHON" .ci/upgrade_home.py compare "$WORK/before.json" "$WORK/recounted.json"

echo "— the mission's files of today"
rohnamo "$HERE" "$PYTHON" init --mission tajikistan
figures "$HERE" "$PYTHON" "$WORK/loaded.json"
"$PYTHON" .ci/upgrade_home.py compare --only people,deliveries "$WORK/before.json" "$WORK/loaded.json"

echo "— served"
PORT=$("$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# Not through the function: the process to stop must be the server itself.
.venv/bin/rohnamo serve --port "$PORT" --workers 1 >"$WORK/serve.log" 2>&1 &
SERVER=$!
"$PYTHON" .ci/upgrade_home.py page "http://localhost:$PORT/tg/" || {
  cat "$WORK/serve.log" >&2
  exit 1
}

"$PYTHON" .ci/upgrade_home.py close "$WORK/before.json" "$KIND" "${COMMIT:0:12}"
