"""Ask the person at the keyboard."""


def is_typed(question: str, answer: str) -> bool:
    """Tell whether exactly this answer is typed; without a keyboard it is not."""
    try:
        return input(question) == answer
    except EOFError:
        return False
