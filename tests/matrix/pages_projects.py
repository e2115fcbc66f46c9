"""Decisions about a project's money, its support to services, and advice."""

from tests.matrix.decisions import (
    ADVISES,
    APPROVES_SUPPORT,
    CHIEF,
    LIFTS,
    MANAGES,
    SEES_ALL_PROJECTS,
    SEES_MONEY,
    SEES_SUPPORT,
    Deed,
    Page,
)
from tests.matrix.scene import Scene

HERE = "/work/projects/EX.90"
ROUTE = "work/projects/<str:code>"


def pages(scene: Scene) -> dict[str, Page]:
    support, advice = f"{HERE}/support", f"{HERE}/advice"
    return {
        "work/projects/money/": Page("/work/projects/money/", SEES_MONEY, SEES_MONEY),
        f"{ROUTE}/money/": Page(f"{HERE}/money/", SEES_MONEY, SEES_ALL_PROJECTS),
        f"{ROUTE}/money/record/": Page(f"{HERE}/money/record/", MANAGES, CHIEF),
        f"{ROUTE}/money/rate/": Page(f"{HERE}/money/rate/", MANAGES, CHIEF),
        f"{ROUTE}/money/<int:pk>/reverse/": Page(f"{HERE}/money/{scene.move}/reverse/", MANAGES, CHIEF),
        f"{ROUTE}/support/": Page(f"{support}/", SEES_SUPPORT, SEES_ALL_PROJECTS),
        f"{ROUTE}/support/assess/": Page(f"{support}/assess/", ADVISES, CHIEF),
        f"{ROUTE}/support/<int:pk>/decide/": Page(
            f"{support}/{scene.assessment}/decide/", APPROVES_SUPPORT, CHIEF
        ),
        f"{ROUTE}/support/approve/": Page(f"{support}/approve/", APPROVES_SUPPORT, CHIEF),
        f"{ROUTE}/support/alert/": Page(f"{support}/alert/", SEES_SUPPORT, SEES_ALL_PROJECTS),
        f"{ROUTE}/support/alert/<int:pk>/lift/": Page(f"{support}/alert/{scene.alert}/lift/", LIFTS, LIFTS),
        f"{ROUTE}/advice/": Page(f"{advice}/", SEES_SUPPORT, SEES_ALL_PROJECTS),
        f"{ROUTE}/advice/new/": Page(f"{advice}/new/", ADVISES, CHIEF),
        f"{ROUTE}/advice/<int:pk>/": Page(
            f"{advice}/{scene.advice}/",
            SEES_SUPPORT,
            SEES_ALL_PROJECTS,
            writers=ADVISES,
            writers_outside=CHIEF,
        ),
        f"{ROUTE}/advice/<int:pk>/strike/": Page(f"{advice}/{scene.advice}/strike/", ADVISES, CHIEF),
    }


def deeds(_scene: Scene) -> dict[str, Deed]:
    return {f"{ROUTE}/money/deadline/": Deed(f"{HERE}/money/deadline/", MANAGES, CHIEF)}
