"""Personal data of this room is in the registry."""

import pytest
from django.apps import apps

from rohnamo.core import personal


@pytest.mark.parametrize("label", ["staff", "mfa", "account", "sessions"])
def test_given_the_models_behind_sign_in_when_looked_up_then_each_was_decided_about(label: str) -> None:
    unknown = [
        m._meta.label_lower
        for m in apps.get_app_config(label).get_models()
        if not personal.is_known(m._meta.label_lower)
    ]

    assert unknown == []
