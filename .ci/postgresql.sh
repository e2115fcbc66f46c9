# Sourced by .ci/run: start a PostgreSQL of our own when none answers, and set DATABASE_URL.
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$PG_BIN" ]; then
  echo "No PostgreSQL is installed and it could not be installed: the tests on PostgreSQL cannot run." >&2
  exit 1
fi
PG_HOME=$(mktemp -d)
PG_PORT=${PG_PORT:-$(.venv/bin/python -c "import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); print(s.getsockname()[1])")}
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres "$PG_HOME"; fi
as_postgres "$PG_BIN/initdb" --pgdata "$PG_HOME/data" --auth trust --username rohnamo --encoding UTF8 --locale C.UTF-8 >/dev/null
as_postgres "$PG_BIN/pg_ctl" --pgdata "$PG_HOME/data" --wait --log "$PG_HOME/log" \
  --options "-p $PG_PORT -k $PG_HOME -h 127.0.0.1 -c fsync=off" start >/dev/null
trap 'as_postgres "$PG_BIN/pg_ctl" --pgdata "$PG_HOME/data" --mode immediate stop >/dev/null 2>&1 || true; rm -rf "$PG_HOME"' EXIT
export DATABASE_URL="postgres://rohnamo@127.0.0.1:$PG_PORT/postgres"
