"""What is done in a restored home before it takes its place: a process of its own, with that home as its home.

Reads the deeds since the backup from standard input, as JSON; says on standard output, as JSON, what became of them.
"""

import json
import os
import sys


def main() -> None:
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
    import django  # noqa: PLC0415 -- the environment must be known first

    django.setup()
    asked = json.load(sys.stdin)
    json.dump(reopen(asked["backup"], [tuple(line) for line in asked["deeds"]]), sys.stdout)


def reopen(backup: str, deeds: list[tuple[str, str, str, str]]) -> dict[str, list[str]]:
    """Bring a restored database up to date, and take away again what was taken away since."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415 -- models exist only now
    from django.core.cache import cache  # noqa: PLC0415 -- as above
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from rohnamo.config.backup import journal  # noqa: PLC0415 -- as above
    from rohnamo.core import audit, changes, files  # noqa: PLC0415 -- as above
    from rohnamo.people.actions import erase_expired_call_backs  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    audit.record(audit.SYSTEM, "house.restore", "core.home", reason=backup)
    done, by_hand = journal.do_again(deeds)
    files.delete_expired()
    erase_expired_call_backs(by=audit.SYSTEM)
    # A session that was ended since, and a one-time code that was used since, must not be good again.
    Session.objects.all().delete()
    cache.clear()
    changes.work_off_all()
    return {"done": done, "by_hand": by_hand}


if __name__ == "__main__":
    main()
