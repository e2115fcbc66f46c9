"""Line icons of one hand: a grid of 24, strokes of 1.75 with round ends. Always beside a word, so hidden from readers.

Drawn for Rohnamo; a new one is a line in ICONS.
"""

from __future__ import annotations

ICONS = {
    "alert": '<path d="M12 3.5 21.5 20h-19zM12 10v4.5M12 17.2v.1"/>',
    "arrow": '<path d="M4.5 12h15M13.5 6l6 6-6 6"/>',
    "back": '<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>',
    "book": '<path d="M12 6.5C10 4.8 7 4.5 4 4.5v14c3 0 6 .3 8 2 2-1.7 5-2 8-2v-14c-3 0-6 .3-8 2zM12 6.5v14"/>',
    "border": '<path d="M3 9.5h18M5 9.5V20M19 9.5V20M3 9.5l2-5M21 9.5l-2-5M9 9.5l2-5M15 9.5l-2-5M5 4.5h14"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="15" rx="1.5"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>',
    "check": '<path d="M5 12.5 10 17.5 19.5 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "counted": '<circle cx="12" cy="12" r="8" stroke-dasharray="3.6 2.7"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "document": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 16h6"/>',
    "doubtful": '<path d="M12 4.5 19.5 12 12 19.5 4.5 12z" fill="currentColor"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "exit": '<path d="M13 4H5v16h8M10 12h10M16 8l4 4-4 4"/>',
    "family": (
        '<path d="M3 11.5 12 4l9 7.5M5.5 9.8V20h13V9.8"/>'
        '<circle cx="9.8" cy="12.7" r="1.5"/><circle cx="14.4" cy="13.4" r="1.2"/>'
        '<path d="M7.5 20v-1.4a2.3 2.3 0 0 1 4.6 0V20M12.3 20v-1.1a2.1 2.1 0 0 1 4.2 0V20"/>'
    ),
    "film": '<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="M10.5 9.5v5l4-2.5z"/>',
    "filter": '<path d="M4 6h16M7 12h10M10.5 18h3"/>',
    "heart": '<path d="M12 20C6 15.5 3.5 12.5 3.5 9a4.3 4.3 0 0 1 8.5-1.3A4.3 4.3 0 0 1 20.5 9c0 3.5-2.5 6.5-8.5 11z"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 7.8v.1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "offline": (
        '<path d="M4 4l16 16M2.5 9.5A14 14 0 0 1 7 6.7M21.5 9.5A14 14 0 0 0 11 5.5'
        'M6 13a9 9 0 0 1 4-2.3M18 13a9 9 0 0 0-3-2M9.3 16.3a4 4 0 0 1 5.4 0M12 19.4v.1"/>'
    ),
    "people": (
        '<circle cx="9" cy="8" r="3.2"/><path d="M3 19.5a6 6 0 0 1 12 0'
        'M15.5 5.1a3.2 3.2 0 0 1 0 5.8M17.3 14a6 6 0 0 1 3.7 5.5"/>'
    ),
    "phone": (
        '<path d="M5 4h3.4l1.8 4.4-2.3 1.7a12 12 0 0 0 6 6l1.7-2.3 4.4 1.8V19a1.6 1.6 0 0 1-1.7 1.6'
        'A16.2 16.2 0 0 1 3.4 5.7 1.6 1.6 0 0 1 5 4z"/>'
    ),
    "plus": '<path d="M12 5.5v13M5.5 12h13"/>',
    "print": '<path d="M7 8.5v-5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z"/>',
    "road": '<path d="M4 20h16M6.5 20v-9.5a5.5 5.5 0 0 1 11 0V20M10 20l1-4.5M14 20l-1-4.5M12 9.5v2"/>',
    "save": '<rect x="6.5" y="3" width="11" height="18" rx="2"/><path d="M12 7v6.5M9.3 11l2.7 2.7 2.7-2.7M10.5 18h3"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 20.5 20.5"/>',
    "shield": '<path d="M12 3.5 19.5 6v5.5c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9V6z"/>',
    "speech": '<path d="M4 5h16v11h-9l-4.5 4v-4H4z"/>',
}
TURNING = frozenset(
    {"arrow", "back", "exit"}
)  # they point along the line, so they turn where a script runs leftwards


def icon_svg(name: str) -> str:
    """Raises KeyError for a name that was not drawn: a missing icon is a mistake of ours, not of the reader's."""
    kind = "icon turns" if name in TURNING else "icon"
    return (
        f'<svg class="{kind}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )
