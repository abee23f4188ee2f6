"""Tell the language of a text (py3langid, a model on letters; Lui and Baldwin 2012, langid.py)."""

from functools import cache

import py3langid

# The languages that documents on our subject come in; Afrikaans is left out, as short Dutch looks like it.
KNOWN = ["nl", "en", "de", "fr", "es", "it", "pt", "pl", "ro", "bg", "hu", "ru", "uk", "ar", "tr", "zh", "ko", "vi"]
ENOUGH = 4000  # characters; more do not make the answer any surer
TOO_FEW = 15  # letters of which nothing can be told


def language_of(text: str) -> str:
    """Give the language of a text by its ISO 639-1 code; Dutch for a text of a few letters."""
    if sum(letter.isalpha() for letter in text[:ENOUGH]) < TOO_FEW:
        return "nl"
    _load_model()
    return str(py3langid.classify(text[:ENOUGH])[0])


@cache
def _load_model() -> None:
    """Load the model once, and only when it is asked: that takes longer than reading a page."""
    py3langid.set_languages(KNOWN)
