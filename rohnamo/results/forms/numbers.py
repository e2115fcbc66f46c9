"""Numbers as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_DIGITS = 13
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
_PLAIN = re.compile(r"-?\d+([.,]\d+)?")
_GROUPED = re.compile(
    r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+(?:[.,]\d{1,2})?|-?\d{1,3}(?:,\d{3})+\.\d{1,2}|-?\d{1,3}(?:\.\d{3})+,\d{1,2}"
)
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


def read_number(typed: str) -> Decimal | None:
    """A number as typed: "1 000", "1 000,5", "12,5", "1.234.567,8"; None for nothing.

    Raises ValidationError for what is no number, and for "1,000", which means a thousand to one and one to another.
    """
    text = _SPACES.sub("", typed).removesuffix("%")
    if not text:
        return None
    if _UNCLEAR.fullmatch(text):
        raise ValidationError(
            _("%(typed)s can be read in two ways. Write %(thousands)s or %(one)s.")
            % {
                "typed": typed.strip(),
                "thousands": re.sub("[.,]", "", text),
                "one": re.split("[.,]", text)[0],
            }
        )
    if _PLAIN.fullmatch(text):
        return _within(Decimal(text.replace(",", ".")), typed)
    if _GROUPED.fullmatch(text):
        mark = _decimal_mark(text)
        whole, _mark, part = text.rpartition(mark) if mark else (text, "", "")
        digits = re.sub("[.,]", "", whole)
        return _within(Decimal(f"{digits}.{part or 0}"), typed)
    raise ValidationError(_("%(typed)s is no number. Write it as 1000 or 12,5.") % {"typed": typed.strip()})


class NumberField(forms.CharField):
    """A number with up to two places, in any usual spelling. An empty one is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        return read_number(str(super().clean(value) or ""))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")
        return value


def _decimal_mark(text: str) -> str:
    """The mark before the places: the last one, when it stands once and not before three digits, or is another one."""
    last = max(text.rfind("."), text.rfind(","))
    mark = text[last]
    other = "." if mark == "," else ","
    return mark if text.count(mark) == 1 and (other in text or len(text) - last - 1 != 3) else ""


def _within(value: Decimal, typed: str) -> Decimal:
    if value < 0:
        raise ValidationError(_("A number below zero cannot be counted or promised."))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise ValidationError(
            _("%(typed)s has more than two places behind the comma.") % {"typed": typed.strip()}
        )
    if len(str(int(value))) > MOST_DIGITS:
        raise ValidationError(_("%(typed)s is too large to be true.") % {"typed": typed.strip()})
    return value
