"""Names of one person in four alphabets: read, key, compare, explain."""

from rohnamo.engines.names.align import Match
from rohnamo.engines.names.compare import Comparison, Rarity, Reason, compare, rarity_of
from rohnamo.engines.names.fold import fold_word, normalise
from rohnamo.engines.names.keys import hashed, lookup_keys, name_key, stored_keys
from rohnamo.engines.names.likeness import ReasonCode, likeness
from rohnamo.engines.names.parts import Name, Part, Role, parse
from rohnamo.engines.names.scripts import Script, script_of

__all__ = [
    "Comparison", "Match", "Name", "Part", "Rarity", "Reason", "ReasonCode", "Role", "Script", "compare", "fold_word",
    "hashed", "likeness", "lookup_keys", "name_key", "normalise", "parse", "rarity_of", "script_of", "stored_keys",
]  # fmt: skip
