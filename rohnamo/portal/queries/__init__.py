"""What the public pages read: released figures, reference series, projects. Never a record."""

from rohnamo.portal.queries.numbers import (
    by_district,
    keys_by_slug,
    newest_breakdown,
    periods,
    series_with_years,
    slug_of,
    sourced_figures,
    standing,
)
from rohnamo.portal.queries.work import (
    Subjects,
    area_by_code,
    area_names,
    last_day_as_it_stands,
    project_by_code,
    project_titles,
    projects_with_cards,
    running,
    services_for_people,
    subjects,
)

__all__ = [
    "Subjects",
    "area_by_code",
    "area_names",
    "by_district",
    "keys_by_slug",
    "last_day_as_it_stands",
    "newest_breakdown",
    "periods",
    "project_by_code",
    "project_titles",
    "projects_with_cards",
    "running",
    "series_with_years",
    "services_for_people",
    "slug_of",
    "sourced_figures",
    "standing",
    "subjects",
]
