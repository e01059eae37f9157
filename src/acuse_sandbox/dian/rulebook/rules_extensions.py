"""What the DianExtensions say: range, software, provider, QR. Source: colombia.md 3, 4 and 10."""

from __future__ import annotations

from acuse_sandbox.dian import identity
from acuse_sandbox.dian.rulebook import identifiers
from acuse_sandbox.dian.rulebook.nodes import NONE, Node, decimal
from acuse_sandbox.dian.rulebook.rule import COMPANY, RANGED, Case, Rule, day, rejects, when

AUTHORIZATION = "sts:InvoiceAuthorization"
PERIOD = "sts:AuthorizationPeriod"
AUTHORIZED = "sts:AuthorizedInvoices"
PROVIDER = "sts:SoftwareProvider/sts:ProviderID"
SOFTWARE = "sts:SoftwareProvider/sts:SoftwareID"
SECURITY = "sts:SoftwareSecurityCode"
DIAN = "sts:AuthorizationProvider/sts:AuthorizationProviderID"
POINT_OF_SALE = "cac:PartyLegalEntity/cac:CorporateRegistrationScheme/cbc:ID"
AGENCY = "195"
AGENCY_NAME = "CO, DIAN (Dirección de Impuestos y Aduanas Nacionales)"
HOSTS = {"1": "catalogo-vpfe.dian.gov.co", "2": "catalogo-vpfe-hab.dian.gov.co"}


def _names_no_range_of_the_issuer(case: Case) -> bool:
    named = case.control.has(AUTHORIZATION)
    asked = bool(case.facts.ranges) or case.facts.strict_software
    return named and asked and case.range is None


def _start_differs(case: Case) -> bool:
    told = day(case.control.value(f"{PERIOD}/cbc:StartDate"))
    return case.range is not None and told != case.range.valid_from


def _end_differs(case: Case) -> bool:
    told = day(case.control.value(f"{PERIOD}/cbc:EndDate"))
    return case.range is not None and told != case.range.valid_until


def _prefix_differs(case: Case) -> bool:
    told = case.control.value(f"{AUTHORIZED}/sts:Prefix")
    return case.range is not None and told != case.range.prefix


def _number_differs(case: Case, path: str, number: int) -> bool:
    told = case.control.value(path)
    return bool(told) and decimal(told) != number


def _from_differs(case: Case) -> bool:
    return case.range is not None and _number_differs(
        case, f"{AUTHORIZED}/sts:From", case.range.first
    )


def _to_differs(case: Case) -> bool:
    return case.range is not None and _number_differs(case, f"{AUTHORIZED}/sts:To", case.range.last)


def _is_missing(case: Case, path: str) -> bool:
    return case.control is not NONE and not case.control.value(path)


def _point_of_sale_differs(case: Case) -> bool:
    told = case.issuer.value(POINT_OF_SALE)
    named = case.control.value(f"{AUTHORIZED}/sts:Prefix")
    return case.control is not NONE and bool(told) and told != named


def _is_early(case: Case) -> bool:
    since = case.range.valid_from if case.range else None
    return since is not None and case.issued_on is not None and case.issued_on < since


def _is_expired(case: Case) -> bool:
    until = case.range.valid_until if case.range else None
    return until is not None and case.issued_on is not None and case.issued_on > until


def _provider_is_not_authorised(case: Case) -> bool:
    """Another's software may be used only from a provider in good standing in the RUT."""
    provider = case.extension.value(PROVIDER)
    if provider in ("", case.issuer.value(COMPANY)):
        return False  # the issuer's own state is rule AJ21
    entry = case.facts.rut.get(provider)
    return not entry.active if entry else case.facts.strict_software


def dv_is_wrong(id_: Node) -> bool:
    """Whether a NIT carries another check digit than its own."""
    nit = id_.text.strip()
    if id_.attributes.get("schemeName") != "31" or not nit.isdecimal():
        return False
    return id_.attributes.get("schemeID", "") != identity.check_digit(nit)


def software_is_unknown(case: Case) -> bool:
    """Whether the issuer has no such software, where the register is asked at all."""
    known = case.software_id in case.facts.software
    return bool(case.software_id) and case.facts.strict_software and not known


def security_code_is_wrong(case: Case) -> bool:
    """Whether the security code is not that of the software and the number."""
    if case.pin is None:
        return False
    wanted = identifiers.security_code(case.software_id, case.pin, case.number)
    return case.extension.value(SECURITY) != wanted


def _agency_is_wrong(case: Case) -> bool:
    software = case.extension.first(SOFTWARE)
    return software is not None and software.attributes.get("schemeAgencyID") != AGENCY


def _agency_name_is_wrong(case: Case) -> bool:
    software = case.extension.first(SOFTWARE)
    return software is not None and software.attributes.get("schemeAgencyName") != AGENCY_NAME


def qr_is_not_ours(case: Case) -> bool:
    """Whether the QR is not the address of this document in this environment."""
    uuid = case.root.value("cbc:UUID")
    address = f"https://{HOSTS[case.facts.environment]}/document/searchqr?documentkey={uuid}"
    return address not in case.extension.value("sts:QRCode")


SALES = ("F", "DE")  # the documento soporte has codes of its own for the days of its range

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("AB02", rejects(), "Falta el grupo DianExtensions",
         when(lambda c: not c.extensions)),
    Rule("AB03", rejects(), "El grupo DianExtensions aparece más de una vez",
         when(lambda c: len(c.extensions) > 1)),
    Rule("AB05a", rejects(*RANGED), "Falta el número de la autorización de numeración",
         when(lambda c: bool(c.extensions) and not c.control.value(AUTHORIZATION))),
    Rule("AB05b", rejects(*RANGED), "La autorización de numeración no es de este NIT",
         when(_names_no_range_of_the_issuer)),
    Rule("AB07a", rejects("DS"), "La fecha de emisión es anterior al inicio de la autorización",
         when(_is_early)),
    Rule("AB07b", rejects(*RANGED),
         "La fecha inicial de la autorización no es la del rango autorizado", when(_start_differs)),
    Rule("AB08a", rejects("DS"), "La fecha de emisión es posterior al fin de la autorización",
         when(_is_expired)),
    Rule("AB08b", rejects(*RANGED),
         "La fecha final de la autorización no es la del rango autorizado", when(_end_differs)),
    Rule("AB10a", rejects(*RANGED),
         "El prefijo de la autorización no es el del punto de venta del emisor",
         when(_point_of_sale_differs)),
    Rule("AB10b", rejects(*RANGED), "El prefijo no es el de la autorización",
         when(_prefix_differs)),
    Rule("AB11a", rejects(*RANGED), "Falta el número desde el que va la autorización",
         when(lambda c: _is_missing(c, f"{AUTHORIZED}/sts:From"))),
    Rule("AB11b", rejects(*RANGED), "El número desde el que va la autorización es otro",
         when(_from_differs)),
    Rule("AB12a", rejects(*RANGED), "Falta el número hasta el que va la autorización",
         when(lambda c: _is_missing(c, f"{AUTHORIZED}/sts:To"))),
    Rule("AB12b", rejects(*RANGED), "El número hasta el que va la autorización es otro",
         when(_to_differs)),
    Rule("AB19b", rejects(), "El proveedor del software no está autorizado",
         when(_provider_is_not_authorised)),
    Rule("AB22b", rejects(), "El dígito de verificación del proveedor del software no es correcto",
         when(lambda c: dv_is_wrong(c.extension.at(PROVIDER)))),
    Rule("AB24a", rejects(), "Falta el identificador del software",
         when(lambda c: bool(c.extensions) and not c.software_id)),
    Rule("AB24b", rejects(), "El software no está autorizado para este emisor",
         when(software_is_unknown)),
    Rule("AB25", rejects(), "La agencia del identificador del software no es 195",
         when(_agency_is_wrong)),
    Rule("AB26", rejects(), "El nombre de la agencia del software no es el de la DIAN",
         when(_agency_name_is_wrong)),
    Rule("AB27b", rejects(), "El código de seguridad no es el del software y el número",
         when(security_code_is_wrong)),
    Rule("AB31", rejects(), "El proveedor de la autorización no es la DIAN (800197268)",
         when(lambda c: bool(c.extensions) and c.extension.value(DIAN) != identity.DIAN)),
    Rule("AB36", rejects(), "El código QR falta o no lleva a este documento en este ambiente",
         when(lambda c: bool(c.extensions) and qr_is_not_ours(c))),
    Rule("AD09a", rejects(*SALES), "La fecha de emisión es anterior al inicio de la autorización",
         when(_is_early)),
    Rule("AD09b", rejects(*SALES), "La fecha de emisión es posterior al fin de la autorización",
         when(_is_expired)),
)
# fmt: on
