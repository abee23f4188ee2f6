"""What is written down about the running program tells a programmer where, and nobody whom or what."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory

from zicht.site import settings as product
from zicht.site.logs import WithoutContent


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Give what a handler with the filter writes for all of Django's loggers."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutContent())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_the_address_somebody_asked_for_is_not_written(client: Client, written: io.StringIO) -> None:
    client.get("/name-of-a-person/")
    assert "name-of-a-person" not in written.getvalue()
    assert written.getvalue() == "answered 404\n"


def test_a_host_that_was_made_up_is_not_written(client: Client, written: io.StringIO) -> None:
    assert client.get("/", headers={"host": "name-of-a-person.example"}).status_code == 400
    assert written.getvalue()
    assert "name-of-a-person" not in written.getvalue()


def test_an_error_is_written_with_its_place_and_without_its_message(written: io.StringIO) -> None:
    request = RequestFactory().get("/name-of-a-person/")
    try:
        int("words of a person")
    except ValueError as error:
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": 500, "request": request}
        )
    text = written.getvalue()
    assert "of-a-person" not in text
    assert "words of a person" not in text
    assert "answered 500" in text
    assert "ValueError" in text
    assert f"{__file__}:" in text


def test_every_handler_of_the_product_has_the_filter() -> None:
    handlers: dict[str, dict[str, list[str]]] = vars(product)["LOGGING"]["handlers"]
    assert handlers
    assert all("no_content" in handler["filters"] for handler in handlers.values())
