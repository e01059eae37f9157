"""Where SUNAT's services are; a company's own addresses (an OSE's) come before these.

Source: peru.md 5.1. What stands in braces is filled in at the call.
"""

from __future__ import annotations

from acuse.domain.party import Environment

_SEGURIDAD = "https://api-seguridad.sunat.gob.pe/v1"
_FACTURA = "https://e-factura.sunat.gob.pe"
_BETA = "https://e-beta.sunat.gob.pe"
_GUIAS = "https://api-cpe.sunat.gob.pe/v1/contribuyente/gem/comprobantes"
_PADRON = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"

ENDPOINTS = {
    Environment.SANDBOX: {
        "bill": "sandbox://sunat/billService",
        "other": "sandbox://sunat/otherService",
        "consult": "sandbox://sunat/billConsultService",
        "gre_token": "sandbox://sunat/gre/token/{client_id}",
        "gre": "sandbox://sunat/gre/comprobantes/{stem}",
        "gre_ticket": "sandbox://sunat/gre/envios/{ticket}",
        "register_token": "sandbox://sunat/register/token/{client_id}",
        "register": "sandbox://sunat/register/validarcomprobante/{ruc}",
    },
    Environment.TEST: {
        # The rehearsal has no consult service, no register and no guías, and nothing of it may
        # reach production's: it keeps no register, so the same bytes sent again are the question.
        "bill": f"{_BETA}/ol-ti-itcpfegem-beta/billService",
        "other": f"{_BETA}/ol-ti-itemision-otroscpe-gem-beta/billService",
    },
    Environment.PRODUCTION: {
        "bill": f"{_FACTURA}/ol-ti-itcpfegem/billService",
        "other": f"{_FACTURA}/ol-ti-itemision-otroscpe-gem/billService",
        "consult": f"{_FACTURA}/ol-it-wsconscpegem/billConsultService",
        "gre_token": _SEGURIDAD + "/clientessol/{client_id}/oauth2/token/",
        "gre": _GUIAS + "/{stem}",
        "gre_ticket": _GUIAS + "/envios/{ticket}",
        "register_token": _SEGURIDAD + "/clientesextranet/{client_id}/oauth2/token/",
        "register": _PADRON + "/{ruc}/validarcomprobante",
    },
}
