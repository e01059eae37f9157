"""What SUNAT answers with a SOAP fault: codes below 2000, with our short words for them."""

from __future__ import annotations

TEXTS = {
    "0100": "El sistema no puede atender la solicitud",
    "0101": "Falta el encabezado de seguridad o no tiene usuario",
    "0102": "El usuario o la clave no son correctos",
    "0103": "El usuario no existe",
    "0104": "La clave no es correcta",
    "0105": "El usuario no está activo",
    "0106": "El usuario no es válido",
    "0109": "El servicio de autenticación no está disponible",
    "0110": "No se pudo saber el tipo de usuario",
    "0111": "El usuario no tiene el perfil para enviar comprobantes",
    "0112": "El usuario debe ser secundario",
    "0113": "El usuario no está afiliado a la emisión electrónica",
    "0125": "No se pudo obtener la constancia",
    "0126": "El ticket es de otro usuario",
    "0127": "El ticket no existe",
    "0140": "El mismo documento está en proceso",
    "0151": "El nombre del archivo ZIP no es válido",
    "0152": "Un resumen no se envía por este método",
    "0153": "Un lote no se envía por este método",
    "0154": "El usuario no puede enviar comprobantes de este RUC",
    "0155": "El archivo ZIP está vacío",
    "0156": "El archivo ZIP no se puede leer",
    "0157": "El archivo ZIP no tiene comprobantes",
    "0158": "El archivo ZIP tiene más de un archivo",
    "0159": "El nombre del archivo XML no es válido",
    "0160": "El archivo XML está vacío",
    "0161": "El archivo XML y el ZIP no tienen el mismo nombre",
    "0306": "El archivo XML no se puede leer o no cumple el esquema",
    "0402": "El archivo con este nombre ya fue enviado",
    "1032": "El comprobante ya está informado como rechazado o anulado",
    "1033": "El comprobante ya está registrado",
}

# A kind that is another service's is told as a bad name: so peers met it with guías and retenciones
# (thegreenter/demo#100, greenter#169, sunat-py).
OTHER_SERVICE = ("0151", "El nombre del archivo ZIP no es válido: este servicio no recibe ese tipo")

PENDING = frozenset({"0140"})
TROUBLE = range(100, 101), range(109, 111), range(130, 139), range(200, 255), range(303, 306)


class Fault(Exception):
    """The request was not taken; whatever it carried left no trace in the register."""

    def __init__(self, code: str, text: str = "") -> None:
        self.code = code
        self.text = text or TEXTS.get(code, "El sistema no puede atender la solicitud")
        super().__init__(f"{code} {self.text}")

    @property
    def is_trouble(self) -> bool:
        """True if the fault is of the service, not of what was sent."""
        return any(int(self.code) in codes for codes in TROUBLE)

    @property
    def outcome(self) -> str:
        """The ledger's word for it."""
        if self.code in PENDING:
            return "pending"
        return "fault" if self.is_trouble else "refused"
