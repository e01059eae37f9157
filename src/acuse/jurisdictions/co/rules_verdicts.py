"""What the DIAN's answers mean, as tables. Source: colombia.md 6 (verdict) and 6b (on the wire).

What no row names is no answer: the document may have arrived, so the next call asks.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

from acuse.domain.submission import Cause
from acuse.domain.verdict import Outcome

DIAN_NIT = "800197268"


class Meaning(StrEnum):
    """What IsValid and StatusCode say together."""

    VERDICT = "verdict"  # judged, if a signed ApplicationResponse says so too
    PENDING = "pending"
    UNKNOWN = "unknown"  # it does not hold the document
    REFUSED = "refused"  # not judged: authorisation, archive, reading
    SET = "set"  # speaks of the test set, not of the document
    NOTHING = "nothing"  # the validator gave nothing: ask


SENDS = frozenset({"SendBillSync", "SendTestSetAsync", "SendEventUpdateStatus"})
ASKS = frozenset({"GetStatus", "GetStatusZip"})
ANY = SENDS | ASKS
BATCH = frozenset({"GetStatusZip"})
_NO_RECEIPT = r"Error al generar ApplicationResponse"
_SET = r"Set de prueba\b.*\bse encuentra\s+(?P<state>Aceptado|Rechazado)"

# IsValid, StatusCode (None: any), pattern in its texts, operations, meaning; the first that fits
STATUS: tuple[tuple[bool | None, str | None, str, frozenset[str], Meaning], ...] = (
    (False, None, _SET, ANY, Meaning.SET),
    (True, "00", "", ANY, Meaning.VERDICT),
    (False, "99", "", ANY, Meaning.VERDICT),
    (False, "98", "", ANY, Meaning.PENDING),
    (False, "", r"Batch en proceso", ANY, Meaning.PENDING),
    (False, "66", _NO_RECEIPT, ANY, Meaning.NOTHING),
    (False, "66", "", ASKS, Meaning.UNKNOWN),
    (False, "90", "", ASKS, Meaning.UNKNOWN),  # not the rule 90: "TrackId not found"
    (False, "66", "", SENDS, Meaning.NOTHING),
    (False, "89", "", ANY, Meaning.REFUSED),
    (False, "401", "", ANY, Meaning.REFUSED),
    (False, "0", "", BATCH, Meaning.REFUSED),
)


def meaning(operation: str, valid: bool | None, code: str, words: str) -> Meaning:
    """What the first row that fits says."""
    for row_valid, row_code, pattern, operations, told in STATUS:
        fits = row_valid == valid and row_code in (None, code) and operation in operations
        if fits and re.search(pattern, words, re.IGNORECASE | re.DOTALL):
            return told
    return Meaning.NOTHING


def set_state(words: str) -> str:
    """The state of the test set that the words tell: "Aceptado", "Rechazado", "" for none."""
    found = re.search(_SET, words, re.IGNORECASE | re.DOTALL)
    return found["state"].capitalize() if found else ""


# StatusCode, pattern in its texts, whose matter, what the user reads before the DIAN's words
REFUSALS: tuple[tuple[str, str, Cause, str], ...] = (
    (
        "401",
        "",
        Cause.CREDENTIALS,
        "La DIAN no reconoce el certificado. Sube en Certificado y credenciales el que "
        "registraste ante ella.",
    ),
    (
        "89",
        r"no autorizado|no est[aá] autorizado|no habilitado",
        Cause.CREDENTIALS,
        "La DIAN no autoriza a este certificado a enviar documentos de la empresa. Revisa en su "
        "portal el modo de operación, y que el certificado nombre el NIT de la empresa.",
    ),
    (
        "89",
        "",
        Cause.FILE,
        "La DIAN no pudo leer el archivo: es una falla del sistema. Avisa a soporte.",
    ),
    (
        "0",
        "",
        Cause.CONFIG,
        "La DIAN no recibió el documento en el set de pruebas. Revisa el identificador del set.",
    ),
)


def refusal(code: str, words: str) -> tuple[Cause, str]:
    """Whose matter a refusal is, and our words for it."""
    for row_code, pattern, cause, text in REFUSALS:
        if row_code == code and re.search(pattern, words, re.IGNORECASE):
            return cause, text
    return Cause.CONFIG, "La DIAN no recibió el documento."


VERDICTS = {  # IsValid and the ApplicationResponse's ResponseCode, which must agree
    (True, "02"): Outcome.ACCEPTED,
    (False, "04"): Outcome.REJECTED,
}
GIVEN_BEFORE = "90"  # the rule: same issuer, type, prefix and number already accepted
NO_RULE = frozenset({"", "0", "00", "0000", "02", "04", "99"})  # lines that restate the verdict

# faults: code or words, whether the request may have been processed
UNPROCESSED_FAULTS = frozenset({"InvalidSecurity", "InvalidSecurityToken", "FailedAuthentication"})
IDENTITY_FAULT = re.compile(r"creator of this fault did not specify a reason", re.IGNORECASE)
SAME_FAULTS = 1  # tries before it: the second and third refusal in a row stop the channel

REASONS_TO_BELIEVE = 3  # questions answered by a rejection without its signed document
DENIALS_TO_BELIEVE = 4  # questions that denied it, before "given before" means another's document
UNUSABLE_ANSWERS = 5  # verdicts that cannot be used before a person looks …
UNUSABLE_FOR = timedelta(hours=1)  # … and not sooner than this
BATCH_PATIENCE = timedelta(minutes=30)  # of a ticket "in process"; UNCONFIRMED, no paper says
GIVE_UP = timedelta(days=5)  # of anything but a verdict (colombia.md 11)
REMEMBERED = timedelta(days=30)  # how long a note about one document is kept

OUR_WORDS = {  # what the user reads; the DIAN's own text stands beside it
    "92": "La empresa no está habilitada en la DIAN para facturar. Termina la habilitación.",
    "CTG01": "La DIAN no declaró contingencia a esa hora. Vuelve a emitir la factura normal.",
    "FAB05a": "Falta la resolución de la numeración. Revísala en Numeraciones.",
    "FAB05b": "La resolución no es de este NIT. Revísala en Numeraciones.",
    "FAB05c": "El prefijo no está asociado a este software. Asócialo en el portal de la DIAN.",
    "FAB07b": "La fecha inicial de la numeración no es la de la DIAN. Revísala en Numeraciones.",
    "FAB08b": "La fecha final de la numeración no es la de la DIAN. Revísala en Numeraciones.",
    "FAB10b": "El prefijo no es el de la resolución. Revísalo en Numeraciones.",
    "FAB24b": "El software no está autorizado para esta empresa. Revisa el SoftwareID.",
    "FAB24c": "El software está inactivo en el portal de la DIAN. Actívalo allí.",
    "FAB27b": "El SoftwareID o el PIN no son los registrados. Revísalos en Credenciales.",
    "FAD06": "El CUFE no coincide: revisa la clave técnica de la numeración.",
    "CAD06": "El CUDE no coincide: revisa el PIN del software.",
    "DAD06": "El CUDE no coincide: revisa el PIN del software.",
    "DEAD06": "El CUDE no coincide: revisa el PIN del software.",
    "DSAD06": "El CUDS no coincide: revisa el PIN del software.",
    "NSAD06": "El CUDS no coincide: revisa el PIN del software.",
    "FAD05d": "El número no está en el rango autorizado. Revísalo en Numeraciones.",
    "FAD05e": "El número no existe para esa resolución. Revisa el prefijo en Numeraciones.",
    "FAD09e": "La fecha no es la de la firma. Reabre el documento y emítelo otra vez.",
    "FAJ43a": "El nombre de la empresa no es el del RUT.",
    "FAJ43b": "El nombre del cliente no es el del RUT. Corrígelo en Contactos para la próxima.",
    "FAJ44a": "El NIT de la empresa no figura en el RUT.",
    "FAJ44b": "El NIT del cliente no figura en el RUT. Revísalo en Contactos.",
    "FAK24": "El dígito de verificación del cliente no es el suyo. Corrígelo en Contactos.",
    "FAK55": "Falta el correo del cliente; el documento vale igual.",
    "FAZ09": "Un producto va sin código estándar; el documento vale igual.",
    "LGC01": "Ese evento ya estaba registrado.",
    "RUT01": "Aviso general de la DIAN sobre el RUT; no exige hacer nada.",
    "VLR01": "Hay un valor negativo. Para devolver dinero usa una nota crédito.",
    "ZB01": "El XML no cumple el esquema: es una falla del sistema. Avisa a soporte.",
    "ZD04": "El certificado está revocado. Sube uno vigente.",
    "ZD07": "El certificado no está vigente. Sube uno vigente.",
    "ZE02": "La firma no es válida: es una falla del sistema. Avisa a soporte.",
}
