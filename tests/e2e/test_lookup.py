"""A code looked up in the browser: by keyboard and by hand, and what a person chose stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from acuse.domain.party import Company
from tests.e2e.hands import accessible, keep_picture, log_in
from tests.flow.house import House

pytestmark = pytest.mark.browser
RENT = "7211200000100"  # exempt
DESIGN = "8314100000000"  # 13 %


@pytest.fixture
def company(page: Page, live_server: Any, house: House) -> Company:
    """A company of Costa Rica, with a new invoice open."""
    made = house.costa_rica()
    log_in(page, live_server.url, made)
    page.goto(f"{live_server.url}/e/{made.id}/facturas/nueva/")
    page.get_by_text("Más de esta línea").click()
    return made


def cabys(page: Page, line: int = 0) -> Locator:
    return page.locator(f"#items-{line}-extra-cabys")


def found(page: Page) -> Locator:
    return page.locator(".lookup [role=option]")


def tax(page: Page, line: int = 0) -> Locator:
    return page.locator(f"#items-{line}-tax")


def nature(page: Page, line: int = 0) -> Locator:
    return page.locator(f"#items-{line}-extra-product_kind")


def test_a_code_is_chosen_by_keyboard_and_fills_its_line(page: Page, company: Company) -> None:
    field = cabys(page)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("alquiler comercio")
    expect(found(page)).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    accessible(page, "cabys-abierto")
    field.press("Enter")  # nothing is pointed at: neither chosen nor issued
    expect(field).to_have_value("alquiler comercio")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("ArrowUp")
    active = page.locator(".lookup [role=option][aria-selected=true]")
    expect(active).to_contain_text(re.compile("comercio o industria, otros"))
    expect(field).to_have_attribute("aria-activedescendant", active.get_attribute("id") or "?")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value(RENT)
    expect(field).to_be_focused()
    expect(tax(page)).to_have_value("IVA|0")
    expect(nature(page)).to_have_value("SERVICE")
    expect(page.locator("#items-0-extra-cabys-note")).to_contain_text("IVA 0 %")
    expect(found(page)).to_have_count(0)
    accessible(page, "cabys-elegido")


def test_what_a_person_chose_stands(page: Page, company: Company) -> None:
    tax(page).select_option("IVA|13")
    tax(page).select_option("IVA|4")
    choose(page, RENT)
    expect(tax(page)).to_have_value("IVA|4")
    expect(nature(page)).to_have_value("SERVICE")
    nature(page).select_option("GOODS")
    choose(page, DESIGN)
    expect(tax(page)).to_have_value("IVA|4")
    expect(nature(page)).to_have_value("GOODS")


def test_another_code_fills_anew_what_only_a_code_had_filled(page: Page, company: Company) -> None:
    choose(page, RENT)
    expect(tax(page)).to_have_value("IVA|0")
    choose(page, DESIGN)
    expect(tax(page)).to_have_value("IVA|13")
    choose(page, RENT)
    page.locator("#items-0-extra-tariff").select_option("08")
    choose(page, DESIGN)
    expect(tax(page)).to_have_value("IVA|0")  # the tariff that was told settles it


def test_a_line_that_was_added_looks_up_too(page: Page, company: Company) -> None:
    page.get_by_role("button", name="Agregar línea").click()
    choose(page, RENT, line=1)
    expect(tax(page, 1)).to_have_value("IVA|0")
    expect(tax(page)).to_have_value("IVA|13")


def test_nothing_found_a_slow_answer_and_none(page: Page, company: Company) -> None:
    field = cabys(page)
    field.press_sequentially("zapatero")
    expect(page.locator(".lookup .note")).to_contain_text("Nada con «zapatero»")
    expect(field).to_have_attribute("aria-expanded", "false")
    accessible(page, "cabys-nada")
    held: list[Route] = []
    page.route("**/catalogo/**", lambda route: held.append(route))
    field.fill("alquiler")
    expect(page.locator(".lookup .note")).to_have_text("Buscando…")
    keep_picture(page, "cabys-buscando")
    held[0].abort()
    expect(page.locator(".lookup .note")).to_contain_text("No se pudo buscar")
    accessible(page, "cabys-fallo")
    page.unroute("**/catalogo/**")
    field.press("ArrowDown")
    expect(found(page).first).to_be_visible()
    field.press("Escape")
    expect(found(page)).to_have_count(0)
    expect(field).to_have_value("alquiler")


def test_without_script_the_code_is_typed(page: Page, live_server: Any, house: House) -> None:
    company = house.costa_rica()
    log_in(page, live_server.url, company)
    page.route("**/lookup.js", lambda route: route.abort())
    page.goto(f"{live_server.url}/e/{company.id}/facturas/nueva/")
    expect(cabys(page)).not_to_have_attribute("role", "combobox")
    cabys(page).fill(DESIGN)
    expect(cabys(page)).to_have_value(DESIGN)


def choose(page: Page, code: str, line: int = 0) -> None:
    """Look the code up and choose it by hand."""
    cabys(page, line).fill(code)
    found(page).filter(has_text=code).click()
    expect(cabys(page, line)).to_have_value(code)
