"""Writing: activities out, one at a time, so that a file of any size needs the memory of one."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rohnamo.engines.iati.writing.activity import NotWritable, element_of, stamp
from rohnamo.engines.iati.writing.elements import writable
from rohnamo.engines.iati.xml import Element, etree

__all__ = ["NotWritable", "element_of", "written"]

VERSION = "2.03"


def written(activities: Iterable[Element], *, at: datetime, remark: str = "") -> Iterator[bytes]:
    """A file of activities, piece by piece, as UTF-8. remark: a comment on top, as that all of it is invented."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    if remark:
        yield f"<!-- {writable(remark).replace('--', '- -')} -->\n".encode()
    yield f'<iati-activities version="{VERSION}" generated-datetime="{stamp(at)}">\n'.encode()
    for activity in activities:
        etree.indent(activity, space="  ", level=1)
        yield (
            b"  " + etree.tostring(activity, encoding="UTF-8", xml_declaration=False, with_tail=False) + b"\n"
        )
    yield b"</iati-activities>\n"
