"""What was vendored is what the script makes of the packages that are pinned, and says so."""

import hashlib
import json

import pytest
from tools import vendor

LOCK = vendor.PROJECT / "package-lock.json"


def test_the_vendored_script_is_the_one_that_is_listed() -> None:
    listed = json.loads((vendor.VENDOR / vendor.LIST).read_bytes())
    assert hashlib.sha256((vendor.VENDOR / listed["file"]).read_bytes()).hexdigest() == listed["sha256"]


def test_every_vendored_package_is_listed_with_the_version_that_is_pinned_and_its_licence() -> None:
    listed = json.loads((vendor.VENDOR / vendor.LIST).read_bytes())["packages"]
    pinned = json.loads(LOCK.read_bytes())["packages"]
    licences = (vendor.VENDOR / vendor.LICENCES).read_text(encoding="utf-8")
    assert {one["name"] for one in listed} >= {"@hpke/core", "@noble/ciphers", "@noble/ed25519", "@noble/hashes"}
    for one in listed:
        assert pinned[f"node_modules/{one['name']}"]["version"] == one["version"]
        assert one["license"] == "MIT"
        assert f"{one['name']}\n\n" in licences


@pytest.mark.skipif(not vendor.ESBUILD.exists(), reason="node_modules is not there; make prepare fetches it")
def test_bundling_again_gives_the_same_bytes() -> None:
    made = (
        (vendor.VENDOR, vendor.make_files),
        (vendor.BUILT, vendor.make_page),
        (vendor.CHECKLIST, vendor.make_checklist),
    )
    for folder, make in made:
        for name, content in make().items():
            assert (folder / name).read_bytes() == content, name
