"""Trained officials: a list apart from that of the people served."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from rohnamo.staff.door import reader, staff_page
from rohnamo.ui import paging
from rohnamo.workspace import rules
from rohnamo.workspace.queries import officials as queries
from rohnamo.workspace.views.page import title_of_list


@staff_page("GET", may=rules.may_see_officials)
def officials(request: HttpRequest) -> HttpResponse:
    """Officials whom the reader's own projects trained."""
    trained = queries.trained(reader(request))
    cut = paging.slice_of(request.GET.get("page", ""), trained.count())
    context = {
        "page_title": title_of_list("officials"),
        "lead": _(
            "A register apart from that of the people served. Only trainings of your projects are counted."
        ),
        "totals": [
            {
                "number": cut.whole,
                "text": npgettext("total", "official trained", "officials trained", cut.whole),
            }
        ],
        "columns": queries.columns(),
        "rows": queries.rows(list(trained[cut.first : cut.last])),
        "pager": cut.pager({}),
    }
    return render(request, "workspace/officials.html", context)
