"""Donors' templates, edited in Word: {{ project.title }}, {%tr for indicator in indicators %} and the like.

A template is a programme that somebody sends us: it is run in a sandbox, sees plain data only, and every field it
asks for is checked before it is kept, so that a wrong name is said by name and not printed as an empty place.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from rohnamo.core.errors import WrongData

_LARGEST_TEMPLATE = 20_000_000
_DEEPEST_LOOP = 3
# Of what a file says of itself, that which docxtpl fills in.
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const, nodes.Tuple,
)  # fmt: skip


class UnknownFields(WrongData):
    """fields: what the template asks for and we do not have → the nearest name that we have, or nothing."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        super().__init__(
            ", ".join(f"{name} ({nearest}?)" if nearest else name for name, nearest in sorted(fields.items()))
        )


class UnreadableTemplate(WrongData):
    """Not a Word file, or its marks are broken. The text says where, as the template engine names it."""


def unknown_fields(template: bytes, example: Mapping[str, Any]) -> dict[str, str]:
    """Fields that the template asks for and `example` does not have → the nearest that it has.

    example: data of the shape that `fill_word` will be given; the first member of a list stands for all.
    Raises UnreadableTemplate.
    """
    marks = _marks(_opened(template))
    try:
        tree = _environment().parse(marks)
    except TemplateSyntaxError as problem:
        raise UnreadableTemplate(str(problem.message)) from problem
    _require_plain(tree)
    asked = set(_asked(tree, {}))
    known = set(_paths(example))
    loose = {path for path, value in _leaves(example) if not isinstance(value, (Mapping, list))}
    return {
        name: next(iter(get_close_matches(name, sorted(loose | known), n=1)), "")
        for name in sorted(asked - known)
    }


def field_names(example: Mapping[str, Any]) -> list[str]:
    """Every field a template may ask for, fields of rows by the name of their list: indicators.title."""
    return [path for path, value in _leaves(example) if not isinstance(value, Mapping)]


def fill_word(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The bytes of the filled .docx. Raises UnknownFields before anything is written, and UnreadableTemplate."""
    if missing := unknown_fields(template, data):
        raise UnknownFields(missing)
    file = _opened(template)
    try:
        file.render(dict(data), jinja_env=_environment(), autoescape=True)
    except (TemplateError, TypeError, ValueError, RecursionError) as problem:
        raise UnreadableTemplate(str(problem)) from problem
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()  # no range(10**9), no lipsum: a template needs none of them
    return environment


def _opened(template: bytes) -> DocxTemplate:
    if len(template) > _LARGEST_TEMPLATE:
        raise UnreadableTemplate(_("The file is larger than 20 MB."))
    file = DocxTemplate(BytesIO(template))
    try:
        file.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as problem:
        raise UnreadableTemplate(_("It is not a Word file (.docx).")) from problem
    return file


def _require_plain(tree: nodes.Template) -> None:
    """Names, loops and conditions, and nothing that computes: "x" * 10**9 would be somebody's minute of our machine.

    Raises UnreadableTemplate.
    """
    strange = {type(node).__name__ for node in tree.find_all(nodes.Node) if not isinstance(node, _PLAIN)}
    if strange:
        raise UnreadableTemplate(
            _("Between the braces only names, loops and conditions may stand, not %(what)s.")
            % {"what": ", ".join(sorted(strange))}
        )
    if _depth(tree) > _DEEPEST_LOOP:
        raise UnreadableTemplate(_("Loops stand inside each other too deeply."))


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _marks(file: DocxTemplate) -> str:
    """Everything in the file that is filled in: the text, headers, footers, footnotes, and what the file says of itself."""
    texts = [file.patch_xml(file.get_xml())]
    for uri in (file.HEADER_URI, file.FOOTER_URI):
        texts += [file.patch_xml(file.get_part_xml(part)) for _key, part in file.get_headers_footers(uri)]
    texts += [file.patch_xml(note) for note in _footnotes(file)]
    texts += [getattr(file.docx.core_properties, name) or "" for name in _PROPERTIES]
    return "".join(texts)


def _footnotes(file: DocxTemplate) -> list[str]:
    parts = file.docx.part.package.iter_parts()
    return [part.blob.decode() for part in parts if part.content_type.endswith("footnotes+xml")]


def _asked(node: nodes.Node, loops: Mapping[str, str]) -> Iterator[str]:
    """Dotted names that the template reads; members of a list by the name of the list: indicators.title."""
    if isinstance(node, nodes.For):
        yield from _asked(node.iter, loops)
        inner = {**loops}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = _path(node.iter, loops) or ""
        for child in (*node.body, *node.else_):
            yield from _asked(child, inner)
        return
    path = _path(node, loops)
    if path is not None:
        if path and path.partition(".")[0] != "loop":
            yield path
        return
    for child in node.iter_child_nodes():
        yield from _asked(child, loops)


def _path(node: nodes.Node, loops: Mapping[str, str]) -> str | None:
    if isinstance(node, nodes.Name):
        return loops.get(node.name, node.name) if node.ctx == "load" else ""
    if isinstance(node, nodes.Getattr):
        owner = _path(node.node, loops)
        return None if owner is None else f"{owner}.{node.attr}"
    return None


def _paths(data: Mapping[str, Any]) -> Iterator[str]:
    for path, _value in _leaves(data):
        yield path


def _leaves(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        path = f"{before}{name}"
        yield path, value
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, Mapping):
            yield from _leaves(inner, f"{path}.")
