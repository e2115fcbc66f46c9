"""Saying how far long work has come."""

import sys
import time
from collections.abc import Callable

import click

# (done, whole), in any unit; whole 0: nobody knows.
Show = Callable[[int, int], None]
QUIET_SECONDS = 1.0


def steps(what: str) -> Show:
    """Something to call as work goes on. It says nothing in the first second, and then once a second at most.

    On a terminal one line is written over; into a log only the tenths are.
    """
    began = last = time.monotonic()
    tenth = 0

    def show(done: int, whole: int) -> None:
        nonlocal last, tenth
        now = time.monotonic()
        if now - began < QUIET_SECONDS or (now - last < QUIET_SECONDS and done < whole):
            return
        last, at = now, f"{100 * done // whole} %" if whole else f"{done >> 20} MiB"
        if sys.stderr.isatty():
            click.echo(f"\r  {what}: {at} ", nl=bool(whole) and done >= whole, err=True)
        elif not whole or 10 * done // whole > tenth:
            tenth = 10 * done // whole if whole else 0
            click.echo(f"  {what}: {at}", err=True)

    return show
