"""What pages of one project share: who may open them, the way back, and a form that was refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext

from rohnamo.core.errors import RohnamoError
from rohnamo.core.languages import in_language
from rohnamo.projects.models import Project
from rohnamo.projects.queries import visible_to
from rohnamo.projects.rules import Visitor
from rohnamo.staff.door import trail
from rohnamo.staff.models import User

PROJECTS = "/work/projects/"


def anybody(user: User) -> bool:
    """The rule of a page stands in `project_for`, which needs the project to answer."""
    return user.is_active


def project_for(user: User, code: str, *, may: Callable[[Visitor, Project], bool]) -> Project:
    """The project of an address. 404 where it does not exist for this user or the rule says no."""
    project = visible_to(user).filter(code=code).first()
    if project is None or not may(user, project):
        raise Http404
    return project


def way_back(project: Project, *steps: tuple[str, str]) -> list[dict[str, str]]:
    here = f"{PROJECTS}{project.code}/"
    return trail((PROJECTS, pgettext("page", "Projects")), (here, project.code), *steps)


def head(project: Project, title: str, *steps: tuple[str, str]) -> dict[str, Any]:
    """What head.html and the trail need. steps: pages between the project and this one."""
    return {
        "page_title": title,
        "trail": way_back(project, *steps, ("", title)),
        "project": project,
        "beside": f"{project.code} · {in_language(project.titles)}",
    }


def form_page(
    request: HttpRequest,
    form: forms.Form,
    context: dict[str, Any],
    *,
    save: Callable[[dict[str, Any]], str],
    back: str,
) -> HttpResponse:
    """Show a form, or save what was typed and go back with one sentence. What an action refuses is the form's error.

    save: takes the cleaned values, calls one action, returns the sentence. context: submit, lead, and what `head`
    makes.
    """
    if request.method == "POST" and form.is_valid():
        try:
            sentence = save(form.cleaned_data)
        except RohnamoError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, sentence)
            return redirect(back)
    page = {**context, "form": form, "back": back}
    return render(request, "projects/form.html", page, status=422 if form.errors else 200)
