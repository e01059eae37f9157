"""What a person does in the browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from acuse.cli.management.commands.user import make_user
from acuse.domain.party import Company
from acuse.store import models

PASSWORD = "una-clave-larga-y-rara"  # noqa: S105
PICTURES = os.environ.get("ACUSE_PICTURES")  # a folder: keep a picture of every page looked at


def log_in(page: Page, url: str, *companies: Company, email: str = "ana@taller.example") -> None:
    user = make_user(email, PASSWORD)
    for company in companies:
        models.Membership.objects.get_or_create(company_id=company.id, user_id=user)
    page.goto(f"{url}/cuenta/login/")
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(lambda address: "/cuenta/" not in address)


def accessible(page: Page, name: str) -> None:
    """No fault that axe knows of WCAG 2 AA, at a desk's width and at a phone's."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        keep_picture(page, f"{name}-{width}")
        found: dict[str, Any] = (
            Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}).response
        )
        told = [
            f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}"
            for one in found["violations"]
        ]
        assert not told, f"{name} at {width}: {told}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})


def keep_picture(page: Page, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
