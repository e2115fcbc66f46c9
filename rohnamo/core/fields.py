"""Column types of the house."""

from typing import Any

from django.core.checks import CheckMessage
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Expression

from rohnamo.core import keys


class EncryptedText(models.BinaryField[str, str]):
    """Text about a person, encrypted at rest (AES-GCM) with a ring of keys outside the database.

    Reads and writes as str. It cannot be filtered or sorted by: what must be found has a keyed hash beside it.
    """

    def __init__(self, *args: Any, ring: str = "data", **kwargs: Any) -> None:
        self.ring = ring
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.ring != "data":
            kwargs["ring"] = self.ring
        return name, path, args, kwargs

    def _check_str_default_value(self) -> list[CheckMessage]:
        return []  # unlike BinaryField's, this column's value is str

    def get_default(self) -> Any:
        return "" if self.default in ("", b"") else super().get_default()

    @property
    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = keys.encrypt(value, ring=self.ring, context=self.context) if value else b""
        elif value is not None and not hasattr(value, "as_sql"):
            raise FieldError(f"{self.context} takes text; anything else would be stored in the clear.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        # The same text is another ciphertext each time: a comparison would silently find nothing.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: Any, expression: Expression, connection: Any) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return keys.decrypt(bytes(value), ring=self.ring, context=self.context) if value else ""

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002
        raise FieldError(f"{self.context} is not serialised: an export of it would be in the clear.")


class TextByLanguage(models.JSONField):
    """A dict of language code to text: {"tg": …, "ru": …, "en": …}. Read it with `languages.in_language`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)
