"""Refused rows as a file for their sender: numbers and reasons, nothing that a person wrote."""

from collections.abc import Sequence

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.about import names_of
from rohnamo.intake.queries.sentences import sentences
from rohnamo.intake.queries.uploads import Looked, Told
from rohnamo.ui.papers.paper import Column, Paper, Table, Text
from rohnamo.ui.spelling import known


def paper_of(one: Upload, looked: Sequence[Looked]) -> Paper:
    """One line a refused row: its number in the sheet, the service where it is known, and why."""
    refused = [row for row in looked if row.verdict is Told.REFUSED]
    services = names_of({row.line.service: 1 for row in refused})
    title = _("Rows to correct")
    return Paper(
        language=known(get_language()),
        title=f"{title}: {one.label}",
        subtitle=in_language(one.source.names),
        blocks=(
            Text(where_to_look()),
            Table(
                name=title[:31],
                title=title,
                columns=(
                    Column(pgettext("of a register", "Row in the sheet")),
                    Column(_("Service")),
                    Column(_("Why"), share=4),
                ),
                rows=tuple(
                    (row.line.row, services.get(row.line.service, ""), " ".join(sentences(row.reasons)))
                    for row in refused
                ),
            ),
        ),
    )


def where_to_look() -> str:
    """Why the file says so little."""
    return _(
        "What a refused row says of a person is not kept here: look the row up by its number in the file that was sent."
    )
