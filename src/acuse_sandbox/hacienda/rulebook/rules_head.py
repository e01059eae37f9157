"""Clave, consecutivo, dates, parties and conditions: rules 19 to 43."""

from __future__ import annotations

from datetime import date, timedelta

from acuse_sandbox.hacienda.judging.outline import Party
from acuse_sandbox.hacienda.judging.reading import ZERO, moment
from acuse_sandbox.hacienda.judging.verdict import BARE
from acuse_sandbox.hacienda.rulebook import tables
from acuse_sandbox.hacienda.rulebook.rule import EVERY, FEC, SALES, Act, Case, Rule, own

R, O = Act.REJECT, Act.OBSERVE  # noqa: E741 - the letters of the paper's table
AHEAD = timedelta(minutes=10)
WORKING_DAYS = 8
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
    return case.issued is None or case.outline.clave[3:9] != case.issued.strftime("%d%m%y")


def _key_id_differs(case: Case) -> bool:
    """Whose id a factura de compra's clave carries is UNCONFIRMED: either party's will do."""
    parties = [case.outline.issuer.number]
    if case.kind == FEC:
        parties.append(case.outline.receiver.number)
    return case.outline.clave[9:21] not in [number.rjust(12, "0") for number in parties]


def _number_has_zeros(case: Case) -> bool:
    number = case.outline.number
    return any(not part.strip("0") for part in (number[:3], number[3:8], number[10:]))


def _is_ahead(case: Case) -> bool:
    moments = (case.issued, moment(case.text(SIGNED_AT)))
    return any(at is not None and at - case.at > AHEAD for at in moments)


def _is_late(case: Case) -> bool:
    if case.issued is None or case.outline.clave[41:42] != NORMAL:
        return False
    return working_days(case.issued.date(), case.at.date()) > WORKING_DAYS


def _activity_is_anothers(case: Case) -> bool:
    """The sender's activity: a buyer's in a factura de compra."""
    path = "CodigoActividadReceptor" if case.outline.sent_by_receiver else "CodigoActividadEmisor"
    activity = case.text(path)
    told = case.known.find(case.outline.sender)
    if told is not None and told.activities and activity:
        return activity not in told.activities
    return case.root.has(path) and tables.ACTIVITY.fullmatch(activity) is None


def _place(case: Case) -> tuple[str, str, str]:
    path = "Emisor/Ubicacion/"
    province, canton, district = (
        case.text(path + name) for name in ("Provincia", "Canton", "Distrito")
    )
    return province, canton, district


def _is_nowhere(case: Case) -> bool:
    return case.root.has("Emisor/Ubicacion") and not case.known.has_place(*_place(case))


def _is_elsewhere(case: Case) -> bool:
    """The seller of a factura de compra is nobody's registered issuer."""
    if case.outline.sent_by_receiver or not case.root.has("Emisor/Ubicacion"):
        return False
    told = case.known.find(case.outline.sender)
    registered = told.places if told else ()
    registered = registered or tuple(case.options.registered_place.split())
    there = "-".join(_place(case)) in registered
    return bool(registered) and not there and not _is_nowhere(case)


def _is_malformed(party: Party) -> bool:
    form = tables.IDENTITIES.get(party.kind)
    return form is None or form.fullmatch(party.number) is None


def _receiver_is_malformed(case: Case) -> bool:
    return case.root.has("Receptor/Identificacion") and _is_malformed(case.outline.receiver)


def _address_abroad_is_missing(case: Case) -> bool:
    """Of the foreigner in the document; a factura de compra has the element in its seller."""
    owner = "Emisor" if case.outline.sent_by_receiver else "Receptor"
    abroad = case.text(f"{owner}/Identificacion/Tipo") == ABROAD
    return abroad and not case.text(f"{owner}/OtrasSenasExtranjero")


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


def _maker_is_missing(case: Case) -> bool:
    maker = case.text("ProveedorSistemas")
    return not maker or case.known.is_missing(maker)


def _lines_are_out_of_order(case: Case) -> bool:
    numbers = [line.text("NumeroLinea").lstrip("0") for line in case.lines]
    return numbers != [str(ordinal) for ordinal in range(1, len(numbers) + 1)]


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule(19, "CR-KEY-1", R, -1, "La clave no tiene 50 posiciones o no empieza con 506",
         lambda c: len(c.outline.clave) != 50 or not c.outline.clave.startswith("506"), EVERY),
    Rule(20, "CR-KEY-2", R, -405, tables.SEEN[-405], _key_date_differs),
    Rule(21, "CR-KEY-3", R, own(21), "La clave no lleva la identificación del emisor",
         _key_id_differs, EVERY),
    Rule(22, "CR-KEY-4", R, own(22), "La clave no lleva el consecutivo",
         lambda c: c.outline.clave[21:41] != c.outline.number),
    Rule(23, "CR-KEY-5", R, own(23), "La situación de la clave no es 1, 2 o 3",
         lambda c: c.outline.clave[41:42] not in ("1", "2", "3")),
    Rule(24, "CR-CON-1", R, own(24), "El tipo del consecutivo no es el del comprobante",
         lambda c: c.outline.number[8:10] != c.kind),
    Rule(25, "CR-CON-2", R, own(25), "Sucursal, terminal o número en cero", _number_has_zeros,
         EVERY),
    Rule(26, "CR-CON-3", R, -99, tables.SEEN[-99], lambda c: c.holder != c.outline.key, EVERY),
    Rule(27, "CR-DAT-1", O, -53, tables.SEEN[-53], _is_ahead, EVERY),
    Rule(28, "CR-DAT-2", O, -16, tables.SEEN[-16], _is_late),
    Rule(29, "CR-EMI-1", R, own(29), "El emisor no está inscrito o está inactivo",
         lambda c: c.known.is_missing(c.outline.sender), EVERY),
    Rule(30, "CR-EMI-2", R, own(30), "La actividad económica no es del emisor",
         _activity_is_anothers, SALES),
    Rule(31, "CR-EMI-3", R, -37, "La ubicación del emisor no existe", _is_nowhere, SALES),
    Rule(32, "CR-EMI-4", O, -37, tables.SEEN[-37], _is_elsewhere, SALES),
    Rule(33, "CR-EMI-5", R, own(33), "La identificación del emisor no tiene la forma de su tipo",
         lambda c: _is_malformed(c.outline.issuer)),
    Rule(34, "CR-EMI-6", R, own(34), "Un correo del emisor no es válido", _mail_is_malformed),
    Rule(35, "CR-REC-1", R, BARE, "La identificación del receptor no tiene la forma de su tipo",
         _receiver_is_malformed),
    Rule(36, "CR-REC-2", R, BARE, "La identificación del receptor no está inscrita",
         lambda c: c.outline.receiver.kind in tables.REGISTERED_TYPES
         and c.known.is_missing(c.outline.receiver.number)),
    Rule(37, "CR-REC-3", R, own(37), "Falta la dirección en el extranjero",
         _address_abroad_is_missing, SALES),
    Rule(38, "CR-REC-4", O, own(38), "El receptor es el mismo emisor",
         lambda c: c.outline.receiver.number == c.outline.issuer.number),
    Rule(39, "CR-PRV-1", R, own(39), "El proveedor del sistema falta o no está inscrito",
         _maker_is_missing),
    Rule(40, "CR-CV-1", R, own(40), "La venta a crédito no tiene plazo",
         lambda c: c.text("CondicionVenta") in CREDIT
         and c.root.amount("PlazoCredito") <= ZERO, SALES),
    Rule(41, "CR-CV-2", R, own(41), "Un código 99 no tiene su texto, o hay un texto sin código 99",
         _ninety_nine_is_alone),
    Rule(43, "CR-LIN-1", R, own(43), "Las líneas no están numeradas en orden",
         _lines_are_out_of_order),
)
# fmt: on
