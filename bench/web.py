"""Server CPU per request: our published home page beside the welcome page of a stock Wagtail site, in the same run.

    .venv/bin/python -m bench.web [--home FOLDER] [--seconds 5]

Both are served by granian with one worker on this machine; our files once more by nginx where Debian's is installed. --home: a demo home with published pages; without it a small
one is made. CPU is read from the server's processes, so a busy machine does not disturb the ratio.
"""

import argparse
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLIENTS = 4
BIN = Path(sys.executable).parent
OURS, PEER, NGINX = 8311, 8312, 8313


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home")
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    home = asked.home or _small_home()
    ours = _measure_ours(home, asked.seconds)
    peer = _measure_peer(asked.seconds)
    by_nginx = _measure_nginx(home, asked.seconds) if shutil.which("nginx") else None
    print(f"stock Wagtail page   {peer[0]:8.3f} ms of CPU a request, {peer[1]:8.0f} requests a second")
    print(f"our published home   {ours[0]:8.3f} ms of CPU a request, {ours[1]:8.0f} requests a second")
    print(f"ratio                1/{peer[0] / ours[0]:.0f} of the CPU")
    if by_nginx:
        print(
            f"the same by nginx    {by_nginx[0]:8.3f} ms of CPU a request, {by_nginx[1]:8.0f} requests a second"
        )
        print(f"ratio                1/{peer[0] / by_nginx[0]:.0f} of the CPU")
    else:
        print("nginx is not installed: not measured")


def _small_home() -> str:
    home = tempfile.mkdtemp(prefix="rohnamo-bench-")
    subprocess.run(
        [BIN / "rohnamo", "demo", "--people", "2000", "--no-serve"],
        env=os.environ | {"ROHNAMO_HOME": home}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return home


def _measure_ours(home: str, seconds: float) -> tuple[float, float]:
    environment = os.environ | {"ROHNAMO_HOME": home, "DJANGO_SETTINGS_MODULE": "rohnamo.config.settings"}
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"],
        env=environment,
        check=True,
    )
    with _served("rohnamo.config.wsgi:application", OURS, environment, Path.cwd()) as pid:
        return _load(OURS, "/tg/", pid, seconds)


def _measure_nginx(home: str, seconds: float) -> tuple[float, float]:
    edition = next(path for path in (Path(home) / "public").iterdir() if path.is_dir())
    folder = Path(tempfile.mkdtemp(prefix="nginx-peer-"))
    # The workers run as another user; what they read is public anyway.
    shutil.copytree(edition, folder / "pages")
    subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
    (folder / "nginx.conf").write_text(
        f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
        events {{ worker_connections 256; }}
        http {{ access_log off; types {{ text/html html; }} server {{
          listen 127.0.0.1:{NGINX}; root {folder}/pages; gzip_static on; }} }}"""
    )
    server = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder])
    try:
        _wait(NGINX)
        return _load(NGINX, "/tg/", server.pid, seconds)
    finally:
        server.terminate()
        server.wait()


def _measure_peer(seconds: float) -> tuple[float, float]:
    folder = Path(tempfile.mkdtemp(prefix="wagtail-peer-"))
    subprocess.run([BIN / "wagtail", "start", "peer", folder], check=True, stdout=subprocess.DEVNULL)
    settings = folder / "peer" / "settings" / "bench.py"
    settings.write_text(
        "from .base import *\nDEBUG = False\nSECRET_KEY = 'bench'\nALLOWED_HOSTS = ['*']\n"
        "STORAGES['staticfiles']['BACKEND'] = 'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "peer.settings.bench", "PYTHONPATH": str(folder)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=environment, cwd=folder, check=True
    )
    with _served("peer.wsgi:application", PEER, environment, folder) as pid:
        return _load(PEER, "/", pid, seconds)


@contextmanager
def _served(target: str, port: int, environment: dict[str, str], folder: Path) -> Iterator[int]:
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error", target,
        ],
        env=environment, cwd=folder,
    )  # fmt: skip
    try:
        _wait(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"Nothing answers on port {port}.")


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _load(port: int, path: str, pid: int, seconds: float) -> tuple[float, float]:
    """(milliseconds of server CPU a request, requests a second)."""
    assert _get(http.client.HTTPConnection("127.0.0.1", port), path) == 200
    counts = [0] * CLIENTS
    stop = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < stop:
            assert _get(connection, path) == 200
            counts[number] += 1

    before, started = _cpu(pid), time.monotonic()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (_cpu(pid) - before) * 1000 / sum(counts), sum(counts) / (time.monotonic() - started)


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process and its children so far."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        number = int(stat.parent.name)
        parents[number], ticks[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = {pid}
    while more := {number for number, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(ticks[number] for number in family) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
