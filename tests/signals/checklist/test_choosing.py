"""Which indicators are offered, worked out by hand; the same cases for Python and JavaScript."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from zicht.signals.checklist.choosing import is_offered

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "choosing.json").read_bytes())


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["case"])
def test_who_looks_and_where_chooses_the_indicators(case: dict[str, Any]) -> None:
    made_up: Any = {code: SimpleNamespace(**one) for code, one in VECTORS["indicators"].items()}
    found = [code for code, one in made_up.items() if is_offered(one, case["observer"], case["groups"], case["age"])]
    assert found == case["offered"]
