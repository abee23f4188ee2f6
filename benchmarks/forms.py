"""Read the fields of a form from a page, as a browser does that sends it back."""

from html.parser import HTMLParser

Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """Collect what the inputs of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._select = ""
        self._is_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take inputs, chosen options and areas of text."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self._add(name, given.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._is_text = name
            self._add(name, "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of options or an area of text."""
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._is_text = ""

    def handle_data(self, data: str) -> None:
        """Take what stands in an area of text."""
        if self._is_text:
            self.fields[self._is_text][-1] += data

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(content: bytes) -> Fields:
    """Give the fields of the form on a page."""
    reader = FormReader()
    reader.feed(content.decode())
    return reader.fields
