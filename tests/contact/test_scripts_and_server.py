"""The scripts of the visitor's page and the real server understand each other."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.contact.cast import ROOT
from tests.contact.server import Server

from zicht.contact.sealing.page_manifest import public_half
from zicht.contact.sealing.parts import encode

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]
NODE = Path(sys.executable).parent / "node"


@pytest.mark.skipif(not NODE.exists(), reason="node is not there; make prepare installs it")
def test_a_visitor_opens_is_answered_comes_back_with_a_code_and_wipes(server: Server) -> None:
    script = PROJECT / "tests" / "js" / "against_server.js"
    command = [str(NODE), str(script), f"http://localhost:{server.port}", encode(public_half(ROOT))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as visitor:

        def next_step() -> Any:
            assert visitor.stdout
            return json.loads(visitor.stdout.readline())

        def go_on() -> None:
            assert visitor.stdin
            visitor.stdin.write("\n")
            visitor.stdin.flush()

        server.run("answer", str(UUID(next_step()["conv_id"])), "dag")
        go_on()
        said = ["hallo", "dag"]
        assert next_step() == {"bodies": said, "again": said, "trouble": [None, None], "unseen": 0}
        go_on()
        assert next_step() == {"isWiped": True, "gone": "wiped", "left": 0}
        go_on()
