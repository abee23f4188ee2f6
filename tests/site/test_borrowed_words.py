"""The sentences we say differently are really the ones that Django and allauth say."""

from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.contrib import auth

from zicht.site import borrowed_words

DJANGO = Path(auth.__file__).parent
ALLAUTH = Path(allauth.__file__).parent


def sentences(package: Path) -> set[str]:
    """Give the sentences of a package in English, without their plural."""
    with (package / "locale" / "nl" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}


@pytest.mark.parametrize("sentence", [text for text in borrowed_words.FROM_DJANGO if isinstance(text, str)])
def test_django_says_this(sentence: str) -> None:
    assert sentence in sentences(DJANGO), f"Django {django.__version__} no longer says it"


@pytest.mark.parametrize("sentence", borrowed_words.FROM_ALLAUTH)
def test_allauth_says_this(sentence: str) -> None:
    assert sentence in sentences(ALLAUTH), f"django-allauth {allauth.__version__} no longer says it"
