"""Decisions about registers on their way in, and about IATI."""

from rohnamo.staff.models import Role
from tests.matrix.decisions import NOBODY, PUBLISHES, RUNS, SENDS, TAKES_IN, Deed, Page, R, Roles
from tests.matrix.scene import Scene

# Of those who belong to the project only its manager: the officer who took it in is somebody else here.
UNDOES = frozenset({Role.PROGRAMME_MANAGER})


def pages(scene: Scene) -> dict[str, Page]:
    return {**_intake(scene), **_iati(scene)}


def deeds(scene: Scene) -> dict[str, Deed]:
    register, file = f"/work/intake/{scene.waiting}", f"/work/iati/files/{scene.file}"
    return {
        "work/intake/<int:pk>/accept/": Deed(f"{register}/accept/", TAKES_IN),
        "work/intake/<int:pk>/discard/": Deed(f"{register}/discard/", TAKES_IN),
        "work/intake/<int:pk>/look-anew/": Deed(f"{register}/look-anew/", TAKES_IN),
        "work/intake/<int:pk>/close/": Deed(f"{register}/close/", TAKES_IN),
        # Nobody: its one row is not doubtful, and whoever answers for another must find no such thing.
        "work/intake/<int:pk>/answer/": Deed(f"{register}/answer/"),
        "work/iati/donors/": Deed("/work/iati/donors/", PUBLISHES, PUBLISHES),
        "work/iati/files/<int:pk>/accept/": Deed(f"{file}/accept/", PUBLISHES, PUBLISHES),
        "work/iati/files/<int:pk>/discard/": Deed(f"{file}/discard/", PUBLISHES, PUBLISHES),
    }


def _intake(scene: Scene) -> dict[str, Page]:
    register, taken = f"/work/intake/{scene.waiting}", f"/work/intake/taken/{scene.taken}"
    return {
        "work/intake/": Page("/work/intake/", SENDS, SENDS),
        "work/intake/new/": Page("/work/intake/new/", SENDS, SENDS),
        "work/intake/<int:pk>/": Page(f"{register}/", TAKES_IN, NOBODY),
        "work/intake/<int:pk>/columns/": Page(f"{register}/columns/", TAKES_IN, NOBODY),
        "work/intake/<int:pk>/return/": Page(f"{register}/return/", TAKES_IN, NOBODY),
        "work/intake/<int:pk>/refused.xlsx": Page(f"{register}/refused.xlsx", TAKES_IN, NOBODY),
        "work/intake/taken/<int:pk>/": Page(f"{taken}/", TAKES_IN, NOBODY),
        "work/intake/taken/<int:pk>/undo/": Page(f"{taken}/undo/", UNDOES, NOBODY),
        "work/intake/due/<str:code>/": Page("/work/intake/due/EX.90/", RUNS, NOBODY),
    }


def _iati(scene: Scene) -> dict[str, Page]:
    """Everything here was published, by us or by others, so that it is the same for those outside a project."""
    addresses = {
        "": "",
        "check/": "check/",
        "export/<slug:name>.xml": "export/full.xml",
        "new/": "new/",
        "files/<int:pk>/": f"files/{scene.file}/",
        "activities/": "activities/",
        "activities/<int:pk>/": f"activities/{scene.activity}/",
        "activities/<int:pk>.xml": f"activities/{scene.activity}.xml",
    }
    return {
        f"work/iati/{route}": Page(f"/work/iati/{address}", *_readers(route))
        for route, address in addresses.items()
    }


def _readers(route: str) -> tuple[Roles, Roles]:
    """The file holds money, so that those who only publish do not fetch it."""
    roles = PUBLISHES - {R.COMMUNICATIONS} if route.startswith("export/") else PUBLISHES
    return roles, roles
