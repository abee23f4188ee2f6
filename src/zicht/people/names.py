"""Names as people read them: nothing in them that cannot be seen, and two that look alike are one."""

import unicodedata

# Control, format, private, unassigned and surrogate characters, and breaks of lines and paragraphs.
UNSEEN_KINDS = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Zs"}
# Letters, marks and signs that are drawn as nothing: Hangul and Khmer fillers, the joiner, an empty Braille cell.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
VARIANTS = ((0xFE00, 0xFE0F), (0x180B, 0x180F), (0xE0100, 0xE01EF))  # selectors, first and last


def has_unseen(name: str) -> bool:
    """Answer whether a name holds something that a reader cannot see."""
    return any(_is_unseen(character) for character in name)


def as_read(name: str) -> str:
    """Give a name without what readers overlook: capitals, width and repeated spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_unseen(character: str) -> bool:
    if character == " ":
        return False
    is_variant = any(first <= ord(character) <= last for first, last in VARIANTS)
    return is_variant or character in UNSEEN or unicodedata.category(character) in UNSEEN_KINDS
