"""Clave, consecutivo, dates, parties, conditions and references: rules 19 to 43 and 75 to 77."""

from __future__ import annotations

from datetime import date, timedelta

from acuse_sandbox.hacienda.judging.reading import ZERO, Part, moment
from acuse_sandbox.hacienda.judging.verdict import BARE
from acuse_sandbox.hacienda.rulebook import tables
from acuse_sandbox.hacienda.rulebook.rule import Act, Case, Rule, own

R, O = Act.REJECT, Act.OBSERVE  # noqa: E741 - the letters of the paper's table
AHEAD = timedelta(minutes=10)
WORKING_DAYS = 8
NEW_CODES = date(2026, 11, 1)
CREDIT = frozenset({"02", "08", "10"})
NORMAL = "1"
ABROAD = "05"
SIGNED_AT = (
    "Signature/Object/QualifyingProperties/SignedProperties/SignedSignatureProperties/SigningTime"
)


def working_days(first: date, last: date) -> int:
    """The days from Monday to Friday after the first, up to the last; feasts are not known."""
    weeks, rest = divmod(max(0, (last - first).days), 7)
    extra = (first + timedelta(days=ordinal) for ordinal in range(1, rest + 1))
    return weeks * 5 + sum(1 for day in extra if day.weekday() < 5)


def _key_date_differs(case: Case) -> bool:
    return case.issued is None or case.text("Clave")[3:9] != case.issued.strftime("%d%m%y")


def _key_id_differs(case: Case) -> bool:
    return case.text("Clave")[9:21] != case.text("Emisor/Identificacion/Numero").rjust(12, "0")


def _number_has_zeros(case: Case) -> bool:
    number = case.text("NumeroConsecutivo")
    return any(not part.strip("0") for part in (number[:3], number[3:8], number[10:]))


def _is_ahead(case: Case) -> bool:
    moments = (case.issued, moment(case.text(SIGNED_AT)))
    return any(at is not None and at - case.at > AHEAD for at in moments)


def _is_late(case: Case) -> bool:
    if case.issued is None or case.text("Clave")[41:42] != NORMAL:
        return False
    return working_days(case.issued.date(), case.at.date()) > WORKING_DAYS


def _is_unknown(case: Case, path: str) -> bool:
    return tables.UNKNOWN.fullmatch(case.text(path)) is not None


def _place(case: Case) -> tuple[str, str, str]:
    path = "Emisor/Ubicacion/"
    province, canton, district = (
        case.text(path + name) for name in ("Provincia", "Canton", "Distrito")
    )
    return province, canton, district


def _place_exists(case: Case) -> bool:
    province, canton, district = _place(case)
    if not (canton.isdecimal() and district.isdecimal()):
        return False
    cantons = tables.DISTRICTS.get(province, ())
    exists = 1 <= int(canton) <= len(cantons) and 1 <= int(district) <= cantons[int(canton) - 1]
    return exists or (province, canton, district) in tables.ODD_PLACES


def _is_elsewhere(case: Case) -> bool:
    registered = case.options.registered_place
    return bool(registered) and _place_exists(case) and "-".join(_place(case)) != registered


def _id_is_malformed(case: Case, owner: str) -> bool:
    form = tables.IDENTITIES.get(case.text(f"{owner}/Identificacion/Tipo"))
    return form is None or form.fullmatch(case.text(f"{owner}/Identificacion/Numero")) is None


def _mail_is_malformed(case: Case) -> bool:
    addresses = (part.value for part in case.root.parts("Emisor/CorreoElectronico"))
    return any(
        len(address) > tables.LONGEST_MAIL or tables.MAIL.fullmatch(address) is None
        for address in addresses
    )


def _ninety_nine_is_alone(case: Case) -> bool:
    return any(
        (part.text(code) == "99") != bool(part.text(text))
        for path, code, text in tables.NINETY_NINES
        for part in case.root.parts(path)
    )


def _lines_are_out_of_order(case: Case) -> bool:
    numbers = [line.text("NumeroLinea").lstrip("0") for line in case.lines]
    return numbers != [str(ordinal) for ordinal in range(1, len(numbers) + 1)]


def _references(case: Case) -> tuple[Part, ...]:
    return case.root.parts("InformacionReferencia")


def _reference_is_unknown(case: Case) -> bool:
    """A clave that Hacienda does not know, or did not accept though it had to."""
    for reference in _references(case):
        must_be_accepted = tables.REFERENCED.get(reference.text("TipoDocIR"))
        if must_be_accepted is None:
            continue
        accepted = case.accepted(reference.text("Numero"))
        if accepted is None or (must_be_accepted and not accepted):
            return True
    return False


def _reference_is_later(case: Case) -> bool:
    return any(case.is_before(reference.text("FechaEmisionIR")) for reference in _references(case))


def _reference_code_is_not_in_force(case: Case) -> bool:
    early = case.issued is not None and case.issued.date() < NEW_CODES
    return any(
        reference.text("Codigo") == tables.PAYMENT_REFERENCE
        or (early and reference.text("Codigo") in tables.SINCE_NOVEMBER_2026)
        or (early and reference.text("TipoDocIR") in tables.KINDS_SINCE_NOVEMBER_2026)
        for reference in _references(case)
    )


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(19, "CR-KEY-1", R, -1, "La clave no tiene 50 posiciones o no empieza con 506",
         lambda c: len(c.text("Clave")) != 50 or not c.text("Clave").startswith("506")),
    Rule(20, "CR-KEY-2", R, -405, tables.SEEN[-405], _key_date_differs),
    Rule(21, "CR-KEY-3", R, own(21), "La clave no lleva la identificación del emisor",
         _key_id_differs),
    Rule(22, "CR-KEY-4", R, own(22), "La clave no lleva el consecutivo",
         lambda c: c.text("Clave")[21:41] != c.text("NumeroConsecutivo")),
    Rule(23, "CR-KEY-5", R, own(23), "La situación de la clave no es 1, 2 o 3",
         lambda c: c.text("Clave")[41:42] not in ("1", "2", "3")),
    Rule(24, "CR-CON-1", R, own(24), "El tipo del consecutivo no es el del comprobante",
         lambda c: c.text("NumeroConsecutivo")[8:10] != c.kind),
    Rule(25, "CR-CON-2", R, own(25), "Sucursal, terminal o número en cero", _number_has_zeros),
    Rule(26, "CR-CON-3", R, -99, tables.SEEN[-99], lambda c: c.holder != c.text("Clave")),
    Rule(27, "CR-DAT-1", O, -53, tables.SEEN[-53], _is_ahead),
    Rule(28, "CR-DAT-2", O, -16, tables.SEEN[-16], _is_late),
    Rule(29, "CR-EMI-1", R, own(29), "El emisor no está inscrito o está inactivo",
         lambda c: _is_unknown(c, "Emisor/Identificacion/Numero")),
    Rule(30, "CR-EMI-2", R, own(30), "La actividad económica no es del emisor",
         lambda c: tables.ACTIVITY.fullmatch(c.text("CodigoActividadEmisor")) is None),
    Rule(31, "CR-EMI-3", R, -37, "La ubicación del emisor no existe",
         lambda c: not _place_exists(c)),
    Rule(32, "CR-EMI-4", O, -37, tables.SEEN[-37], _is_elsewhere),
    Rule(33, "CR-EMI-5", R, own(33), "La identificación del emisor no tiene la forma de su tipo",
         lambda c: _id_is_malformed(c, "Emisor")),
    Rule(34, "CR-EMI-6", R, own(34), "Un correo del emisor no es válido", _mail_is_malformed),
    Rule(35, "CR-REC-1", R, BARE, "La identificación del receptor no tiene la forma de su tipo",
         lambda c: _id_is_malformed(c, "Receptor")),
    Rule(36, "CR-REC-2", R, BARE, "La identificación del receptor no está inscrita",
         lambda c: c.text("Receptor/Identificacion/Tipo") in tables.REGISTERED_TYPES
         and _is_unknown(c, "Receptor/Identificacion/Numero")),
    Rule(37, "CR-REC-3", R, own(37), "Falta la dirección del receptor en el extranjero",
         lambda c: c.text("Receptor/Identificacion/Tipo") == ABROAD
         and not c.text("Receptor/OtrasSenasExtranjero")),
    Rule(38, "CR-REC-4", O, own(38), "El receptor es el mismo emisor",
         lambda c: c.text("Receptor/Identificacion/Numero")
         == c.text("Emisor/Identificacion/Numero")),
    Rule(39, "CR-PRV-1", R, own(39), "El proveedor del sistema falta o no está inscrito",
         lambda c: not c.text("ProveedorSistemas") or _is_unknown(c, "ProveedorSistemas")),
    Rule(40, "CR-CV-1", R, own(40), "La venta a crédito no tiene plazo",
         lambda c: c.text("CondicionVenta") in CREDIT
         and c.root.amount("PlazoCredito") <= ZERO),
    Rule(41, "CR-CV-2", R, own(41), "Un código 99 no tiene su texto, o hay un texto sin código 99",
         _ninety_nine_is_alone),
    Rule(43, "CR-LIN-1", R, own(43), "Las líneas no están numeradas en orden",
         _lines_are_out_of_order),
    Rule(75, "CR-REF-2", R, own(75), "El comprobante de referencia no se conoce o no fue aceptado",
         _reference_is_unknown),
    Rule(76, "CR-REF-3", R, own(76), "La referencia es posterior al comprobante",
         _reference_is_later),
    Rule(77, "CR-REF-4", R, -1, "El código de referencia no está vigente o no es de este tipo",
         _reference_code_is_not_in_force),
)
# fmt: on
