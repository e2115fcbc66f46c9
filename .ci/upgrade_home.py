"""What .ci/upgrade.sh asks: what a home says of itself, and whether it says the same after the upgrade.

`tell` runs under the code of either state, so it uses nothing but verbs of the command line that both have.
"""

import contextlib
import io
import json
import os
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

FROM = Path(__file__).with_name("upgrade-from")
PATIENCE_SECONDS = 60
# Same or gone: what a list is matched by.
KEY = "key"


def tell(target: str) -> None:
    """Write what the home says: people, deliveries, figures, and results of closed periods of every project."""
    year = datetime.now(UTC).year - 1
    said = {what: _verb(what, "count") for what in ("people", "deliveries")} | {
        "figures": _verb("figures", "list")
    }
    for project in _verb("projects", "list"):
        for period in (f"{year}", f"{year}-H1", f"{year}-Q4", f"{year - 1}"):
            code = project["code"]
            said[f"results {code} {period}"] = _verb("results", "list", code, "--period", period)
    Path(target).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")


def compare(before: object, after: object) -> list[str]:
    """Paths at which something that was said before is not said any more. What is new beside it is no difference."""
    return [path for path in _differences(_keyed(before), _keyed(after), "") if not _is_declared(path)]


def fits(old: str, new: str = "pyproject.toml") -> bool:
    """Whether everything that the old state depends on is asked for by the present one, within the same bounds."""
    asked, present = (
        set(tomllib.loads(Path(name).read_text(encoding="utf-8"))["project"]["dependencies"])
        for name in (old, new)
    )
    return asked <= present


def main(verb: str, *arguments: str) -> int:
    if verb == "tell":
        tell(arguments[0])
    elif verb == "fits":
        return 0 if fits(arguments[0]) else 1
    elif verb == "compare":
        return _compare(*arguments)
    elif verb == "page":
        return _page(arguments[0])
    elif verb == "close":
        said = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        print(
            f"Upgraded on {arguments[1]} from {arguments[2]}: {said['people']['persons']} people, "
            f"{said['deliveries']['counting']} deliveries and {len(said['figures'])} figures are the same after it."
        )
    else:
        _database(verb, arguments[0])
    return 0


def _verb(*arguments: str) -> object:
    from rohnamo.config.commands import rohnamo  # noqa: PLC0415 -- only `tell` runs inside a mission

    with contextlib.redirect_stdout(io.StringIO()) as out:
        rohnamo.main([*arguments, "--json"], standalone_mode=False)
    return json.loads(out.getvalue())


def _keyed(said: object) -> object:
    if isinstance(said, list) and said and all(isinstance(one, dict) and KEY in one for one in said):
        return {str(one[KEY]): _keyed(one) for one in said}
    if isinstance(said, dict):
        return {name: _keyed(one) for name, one in said.items()}
    return said


def _differences(before: object, after: object, path: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name, one in before.items():
            below = f"{path}/{name}" if path else name
            if name in after:
                yield from _differences(one, after[name], below)
            else:
                yield f"{below}: is gone"
    elif before != after:
        yield f"{path}: {_short(before)} became {_short(after)}"


def _is_declared(difference: str) -> bool:
    path = difference.partition(": ")[0]
    lines = [line.split() for line in FROM.read_text(encoding="utf-8").splitlines()]
    return any(fnmatchcase(path, line[1]) for line in lines if line[:1] == ["changed"] and len(line) > 2)


def _compare(*arguments: str) -> int:
    only = arguments[1].split(",") if arguments[0] == "--only" else None
    before, after = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments[-2:])
    if only:
        before = {name: before[name] for name in only}
    found = compare(before, after)
    for difference in found[:40]:
        print(f"Not the same after the upgrade: {difference}", file=sys.stderr)
    if len(found) > 40:
        print(f"… and {len(found) - 40} more.", file=sys.stderr)
    return 1 if found else 0


def _page(address: str) -> int:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 -- our own
                if b"<h1" in answer.read():
                    return 0
                print(f"{address} answers without a heading.", file=sys.stderr)
                return 1
        except urllib.error.HTTPError as problem:
            print(f"{address} answers {problem.code}.", file=sys.stderr)
            return 1
        except OSError:
            if time.monotonic() > until:
                print(f"{address} does not answer.", file=sys.stderr)
                return 1
            time.sleep(0.3)


def _database(verb: str, name: str) -> None:
    """Make or drop a database beside the one of DATABASE_URL; of a new one the address is printed."""
    import psycopg  # noqa: PLC0415 -- only for a database on a server

    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(url._replace(path="/postgres")), autocommit=True) as server:
        if verb == "create":
            server.execute(f'CREATE DATABASE "{name}"')
            print(urlunsplit(url._replace(path=f"/{name}")))
        else:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _short(said: object) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
