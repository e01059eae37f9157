"""What a person sees in a form and sends back: its fields, read from the page."""

from __future__ import annotations

from django.http import HttpResponse
from lxml import html


def page(response: HttpResponse) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def fields(response: HttpResponse, form: str = "document-form") -> dict[str, str]:
    """The names and values that the page's form would send as it stands."""
    found = page(response).get_element_by_id(form)
    return {
        name: value or "" for name, value in found.fields.items() if name != "csrfmiddlewaretoken"
    }


def choices(response: HttpResponse, name: str) -> list[str]:
    """The values that a choice offers."""
    (select,) = page(response).xpath(f"//select[@name='{name}']")
    return list(select.value_options)


def alerts(response: HttpResponse) -> str:
    """What the page warns of."""
    return " ".join(one.text_content() for one in page(response).xpath("//*[@role='alert']"))


def buttons(response: HttpResponse) -> list[str]:
    """The words on the buttons of the page's body."""
    found = page(response).xpath("//main//button | //main//a[contains(@class,'btn')]")
    return [" ".join(one.text_content().split()) for one in found]


def words(response: HttpResponse) -> str:
    """All that the page's body says, in one line."""
    return " ".join(page(response).xpath("//main")[0].text_content().split())
