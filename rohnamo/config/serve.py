"""`rohnamo serve` runs web, worker and clock; `rohnamo tick` does one round of the clock."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
from django.conf import settings
from django.core.management import call_command

from rohnamo.config.backup import locks
from rohnamo.config.clock import tick as one_round
from rohnamo.core.errors import Refused
from rohnamo.core.home import home

ROUND_SECONDS = 20
PATIENCE_SECONDS = 10


@click.command(name="serve", epilog="Example: rohnamo serve --port 8000")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def serve(*, port: int, workers: int) -> None:
    """Serve the mission on this machine: web, background worker and clock, until stopped."""
    run(port=port, workers=workers)


@click.command(name="tick", epilog="Example: rohnamo tick")
def tick() -> None:
    """Do one round of everything that is due: what a systemd timer calls."""
    with locks.serving(home()):
        for name in one_round():
            click.echo(name)


def run(*, port: int, workers: int = 2) -> None:
    """Start web and worker beside this process, and go round with the clock here. Ends when one of them ends."""
    with locks.serving(home()):
        call_command("collectstatic", interactive=False, verbosity=0)
        children = [_web(port, workers), _worker()]
        signal.signal(signal.SIGTERM, _stop)
        try:
            _go_round(children)
        except KeyboardInterrupt:
            click.echo("Stopping ...")
            return
        finally:
            _end(children)
    raise Refused("The web server or the worker has stopped. See its message above; is the port taken?")


def _web(port: int, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ),
            *("--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
            "rohnamo.config.wsgi:application",
        ],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
    )


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--verbosity", "0"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
    )


def _go_round(children: list[subprocess.Popen[bytes]]) -> None:
    due = 0.0
    while all(child.poll() is None for child in children):
        if time.monotonic() >= due:
            one_round()
            due = time.monotonic() + ROUND_SECONDS
        time.sleep(0.5)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def _stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 -- the shape that signal asks for
    raise KeyboardInterrupt


verbs = {"serve": serve, "tick": tick}
