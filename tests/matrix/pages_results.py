"""Decisions about frameworks, approval and reports to donors."""

from tests.matrix.decisions import (
    APPROVES,
    APPROVES_ANYWHERE,
    CHIEF,
    MANAGES,
    NOBODY,
    SEES_ALL_PROJECTS,
    SEES_COUNTED,
    SEES_PROJECTS,
    Deed,
    Page,
)
from tests.matrix.scene import Scene

HERE = "/work/projects/EX.90/framework"
ROUTE = "work/projects/<str:code>/framework"
REPORTS = "/work/projects/EX.90/reports"
REPORTS_ROUTE = "work/projects/<str:code>/reports"
WRITES = MANAGES | APPROVES
WRITES_ANYWHERE = CHIEF | APPROVES_ANYWHERE


def pages(scene: Scene) -> dict[str, Page]:
    return {**_framework(scene), **_reports(scene)}


def deeds(scene: Scene) -> dict[str, Deed]:
    period, draft = f"{HERE}/periods/{scene.open}", f"{REPORTS}/{scene.draft}"
    return {
        f"{ROUTE}/results/<int:pk>/remove/": Deed(
            f"{HERE}/results/{scene.result.pk}/remove/", MANAGES, CHIEF
        ),
        f"{ROUTE}/<int:pk>/remove/": Deed(f"{HERE}/{scene.typed.pk}/remove/", MANAGES, CHIEF),
        f"{ROUTE}/periods/<int:pk>/step/": Deed(f"{period}/step/", WRITES, WRITES_ANYWHERE),
        f"{ROUTE}/periods/<int:pk>/remove/": Deed(f"{period}/remove/", MANAGES, CHIEF),
        f"{REPORTS_ROUTE}/<int:pk>/freeze/": Deed(f"{draft}/freeze/", APPROVES, APPROVES_ANYWHERE),
        f"{REPORTS_ROUTE}/<int:pk>/discard/": Deed(f"{draft}/discard/", WRITES, WRITES_ANYWHERE),
    }


def _framework(scene: Scene) -> dict[str, Page]:
    """A donor reads what was released: neither framework nor board, where numbers stand as they are counted."""
    typed, period = f"{HERE}/{scene.typed.pk}", f"{HERE}/periods/{scene.open}"
    result = f"{HERE}/results/{scene.result.pk}"
    return {
        "work/projects/approvals/": Page("/work/projects/approvals/", SEES_COUNTED, SEES_COUNTED),
        "work/projects/overdue/": Page("/work/projects/overdue/", SEES_COUNTED, SEES_COUNTED),
        f"{ROUTE}/": Page(f"{HERE}/", SEES_COUNTED, SEES_ALL_PROJECTS),
        f"{ROUTE}/results/new/": Page(f"{HERE}/results/new/", MANAGES, CHIEF),
        f"{ROUTE}/results/<int:pk>/": Page(f"{result}/", MANAGES, CHIEF),
        f"{ROUTE}/results/<int:result>/new-indicator/": Page(f"{result}/new-indicator/", MANAGES, CHIEF),
        f"{ROUTE}/<int:pk>/": Page(f"{typed}/", SEES_COUNTED, SEES_ALL_PROJECTS),
        f"{ROUTE}/<int:pk>/words/": Page(f"{typed}/words/", MANAGES, CHIEF),
        f"{ROUTE}/<int:pk>/measure/": Page(f"{typed}/measure/", MANAGES, CHIEF),
        f"{ROUTE}/periods/new/": Page(f"{HERE}/periods/new/", MANAGES, CHIEF),
        f"{ROUTE}/periods/<int:pk>/": Page(f"{period}/", SEES_COUNTED, SEES_ALL_PROJECTS),
        f"{ROUTE}/periods/<int:pk>/promise/": Page(f"{period}/promise/", MANAGES, CHIEF),
        f"{ROUTE}/periods/<int:pk>/report/": Page(f"{period}/report/", MANAGES, CHIEF),
        f"{ROUTE}/periods/<int:pk>/approved/": Page(
            f"{HERE}/periods/{scene.approved}/approved/", SEES_COUNTED, SEES_ALL_PROJECTS
        ),
    }


def _reports(scene: Scene) -> dict[str, Page]:
    """A donor reads the frozen reports of what it pays for, and no draft."""
    frozen, draft = f"{REPORTS}/{scene.frozen}", f"{REPORTS}/{scene.draft}"
    one, file, form = (
        f"{REPORTS_ROUTE}/<int:pk>/{rest}"
        for rest in ("", "file/<str:kind>/<str:language>/", "form/<int:template>/")
    )
    writing = {"writers": WRITES, "writers_outside": WRITES_ANYWHERE}
    return {
        f"{REPORTS_ROUTE}/": Page(f"{REPORTS}/", SEES_PROJECTS, SEES_ALL_PROJECTS, **writing),
        f"{REPORTS_ROUTE}/forms/": Page(f"{REPORTS}/forms/", WRITES, WRITES_ANYWHERE),
        one: Page(f"{frozen}/", SEES_PROJECTS, SEES_ALL_PROJECTS, writers=NOBODY, writers_outside=NOBODY),
        f"{one} (draft)": Page(f"{draft}/", SEES_COUNTED, SEES_ALL_PROJECTS, **writing),
        file: Page(f"{frozen}/file/xlsx/tg/", SEES_PROJECTS, SEES_ALL_PROJECTS),
        f"{file} (draft)": Page(f"{draft}/file/xlsx/tg/", SEES_COUNTED, SEES_ALL_PROJECTS),
        form: Page(f"{frozen}/form/{scene.form}/", SEES_COUNTED, SEES_ALL_PROJECTS),
        f"{form} (draft)": Page(f"{draft}/form/{scene.form}/", SEES_COUNTED, SEES_ALL_PROJECTS),
    }
