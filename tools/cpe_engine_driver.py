"""cpe-engine speaks to the pretended SUNAT: run by `interop_sunat.py` inside its environment.

`python cpe_engine_driver.py <folder>` reads `asked.json` there and writes `told.json`. cpe-engine
computes nothing: the amounts are ours. It has no summaries, voidings or guías.
"""

from __future__ import annotations

import sys
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

import sunat_told
from cpe_engine import (
    Address,
    Client,
    Company,
    Invoice,
    Note,
    SaleDetail,
    SignedXmlBuilder,
    SunatEndpoints,
)
from sunat_told import LIMA, Talk

ADDRESS = Address(
    ubigeo="150101",
    codigo_pais="PE",
    departamento="LIMA",
    provincia="LIMA",
    distrito="LIMA",
    direccion="Calle Inventada 1",
)
TOTALS = {
    "mto_oper_gravadas": 100.00,
    "mto_igv": 18.00,
    "mto_total_tributos": 18.00,
    "valor_venta": 100.00,
    "sub_total": 118.00,
    "mto_impventa": 118.00,
}


class Engine:
    """cpe-engine with one issuer's certificate."""

    def __init__(self, asked: dict[str, Any]) -> None:
        SunatEndpoints.FE_BETA = f"{asked['address']}/billService"
        self.ruc = asked["issuers"]["ordinary"]
        self.builder = SignedXmlBuilder()
        both = [Path(asked[what]["ordinary"]).read_text() for what in ("certificate", "key")]
        manager = self.builder.xml_signer.certificate_manager
        manager.load_certificate_from_string("".join(both))
        self.builder.set_sunat_credentials(f"{self.ruc}{asked['user']}", asked["password"])
        self.issuer = Company(ruc=self.ruc, razon_social="EMISOR DE PRUEBA S.A.C.", address=ADDRESS)
        self.buyer = Client(asked["buyer"], "6", "COMPRADOR DE PRUEBA S.A.C.")
        self.person = Client(asked["person"], "1", "PERSONA DE PRUEBA")

    def sale(self, series: str, number: int, kind: str, **more: Any) -> Any:
        """A document of 118.00."""
        line = SaleDetail(
            "P001",
            "Servicio",
            1,
            100.00,
            mto_precio_unitario=118.00,
            mto_valor_venta=100.00,
            mto_base_igv=100.00,
            igv=18.00,
            total_impuestos=18.00,
            unidad="ZZ",
        )
        told = {
            "serie": series,
            "correlativo": number,
            "fecha_emision": datetime.now(LIMA),
            "tipo_doc": kind,
            "company": self.issuer,
            "client": self.buyer,
            "details": [line],
        }
        return (Note if kind in ("07", "08") else Invoice)(**{**told, **TOTALS, **more})

    def answer(self, document: Any) -> dict[str, Any]:
        """What cpe-engine makes of the answer to sendBill."""
        return self.builder.build_sign_and_send(document)

    def bill(self, document: Any) -> str:
        """sendBill: the CDR's verdict."""
        return sunat_told.verdict(b64decode(self.answer(document)["soap_response"]["cdr_base64"]))


def main() -> None:
    """Speak of all."""
    folder = Path(sys.argv[1])
    engine = Engine(sunat_told.asked(folder))
    talk = Talk("cpe-engine")
    talk.step("factura", lambda: engine.bill(engine.sale("F001", 1, "01")))
    talk.step("again", lambda: engine.bill(engine.sale("F001", 1, "01")))
    talk.step("boleta", lambda: engine.bill(engine.sale("B001", 1, "03", client=engine.person)))
    about = {"tip_doc_afectado": "01", "num_doc_afectado": "F001-1", "cod_motivo": "01"}
    credit = about | {"des_motivo": "Anulación"}
    talk.step("credit", lambda: engine.bill(engine.sale("FC01", 1, "07", **credit)))
    debit = about | {"des_motivo": "Intereses"}
    talk.step("debit", lambda: engine.bill(engine.sale("FD01", 1, "08", **debit)))
    mistake = {"mto_oper_gravadas": 90.00}
    talk.step("factura-wrong", lambda: engine.bill(engine.sale("F001", 2, "01", **mistake)))
    wrong = engine.sale("F001", 3, "01", **mistake)
    talk.step("wrong-read", lambda: f"success {engine.answer(wrong)['success']}")
    mistake |= {"client": engine.person}
    talk.step("boleta-wrong", lambda: engine.bill(engine.sale("B001", 2, "03", **mistake)))
    remarked = engine.sale("B001", 3, "03", **mistake)
    talk.step("remarks-read", lambda: _kept(engine.answer(remarked)["cdr"]))
    talk.write(folder)


def _kept(cdr: dict[str, Any]) -> str:
    """Which codes of remarks cpe-engine kept."""
    return f"success {cdr['success']}, {len(cdr.get('notes') or [])} notes"


if __name__ == "__main__":
    main()
