"""Words in several languages that nobody may read in a stolen database."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Expression

from rohnamo.core.fields import EncryptedText

# The column is EncryptedText; to its readers it is a dict, which that class cannot say.
if TYPE_CHECKING:
    _Sealed = models.BinaryField[Mapping[str, str], dict[str, str]]
else:
    _Sealed = EncryptedText


class SealedWords(_Sealed):
    """A dict of language code to text, as TextByLanguage, encrypted at rest as EncryptedText. Empty is {}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def get_default(self) -> Any:
        return {}

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Mapping):
            value = json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Expression, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)  # type: ignore[misc]
        return json.loads(text) if text else {}
