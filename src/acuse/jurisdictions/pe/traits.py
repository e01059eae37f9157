"""What is fixed about Peru and SUNAT."""

from __future__ import annotations

from acuse.domain.kinds import DocumentKind
from acuse.domain.parts import EVERY_PART, Part
from acuse.domain.party import Customer, TaxId
from acuse.domain.traits import (
    KindTraits,
    Packing,
    RejectedNumber,
    SecretSpec,
    TaxIdKind,
    Traits,
    Words,
)
from acuse.jurisdictions.pe.calls_login import GRE_TOKEN, REGISTER_TOKEN
from acuse.jurisdictions.pe.fields import FIELDS
from acuse.jurisdictions.pe.fields_sending import API_SECRETS, SENDING_FIELDS
from acuse.jurisdictions.pe.kinds_traits import OTHER_FIELDS, OTHER_KINDS, OTHER_TAXES

_K = DocumentKind
_SALES = (_K.INVOICE, _K.RECEIPT)
CREDIT_REASONS = (  # catalogue 09
    ("01", "Anulación de la operación"),
    ("02", "Anulación por error en el RUC"),
    ("03", "Corrección por error en la descripción"),
    ("04", "Descuento global"),
    ("05", "Descuento por ítem"),
    ("06", "Devolución total"),
    ("07", "Devolución por ítem"),
    ("08", "Bonificación"),
    ("09", "Disminución en el valor"),
    ("10", "Otros conceptos"),
    ("11", "Ajustes de operaciones de exportación"),
    ("12", "Ajustes afectos al IVAP"),
    ("13", "Corrección del monto pendiente, las cuotas o sus fechas"),
)
DEBIT_REASONS = (  # catalogue 10
    ("01", "Intereses por mora"),
    ("02", "Aumento en el valor"),
    ("03", "Penalidades y otros conceptos"),
    ("11", "Ajustes de operaciones de exportación"),
    ("12", "Ajustes afectos al IVAP"),
    ("13", "Penalidades"),
)
KINDS = (
    KindTraits(_K.INVOICE, "01", "Factura electrónica", "Facturas"),
    KindTraits(_K.RECEIPT, "03", "Boleta de venta electrónica", "Boletas"),
    KindTraits(
        _K.CREDIT_NOTE,
        "07",
        "Nota de crédito electrónica",
        "Notas de crédito",
        corrects=_SALES,
        reasons=CREDIT_REASONS,
    ),
    KindTraits(
        _K.DEBIT_NOTE,
        "08",
        "Nota de débito electrónica",
        "Notas de débito",
        corrects=_SALES,
        reasons=DEBIT_REASONS,
    ),
)

TRAITS = Traits(
    code="PE",
    timezone="America/Lima",
    currency="PEN",
    currencies=("PEN", "USD", "EUR"),
    words=Words(
        country="Perú",
        authority="SUNAT",
        accepted_by="SUNAT l{o} aceptó",
        tax_id="RUC",
        tax="IGV",
        place="Ubigeo (6 dígitos)",
        numbering="Serie",
        fiscal_id="Valor resumen (hash)",
        receipt="CDR",
        no_validity="SIN VALOR TRIBUTARIO",
        money_format="es-PE",
        subject="{{documento.tipo}} {{documento.numero}} – {{empresa.nombre}}",
        english=(
            ("SUNAT", "SUNAT"),
            ("Importe total", "Total amount"),
            ("Neto a pagar", "Net to pay"),
            ("Peso bruto total", "Total gross weight"),
        ),
    ),
    packing=Packing(zips=True, links=True),  # peru.md 8: at the customer's disposal
    kinds=(*KINDS, *OTHER_KINDS),
    tax_ids=(
        TaxIdKind("RUC", "RUC", "6", ("Registro único de contribuyentes",)),
        TaxIdKind("DNI", "DNI", "1", ("Documento nacional de identidad",)),
        TaxIdKind("CE", "Carné de extranjería", "4", ("Carnet de extranjería",)),
        TaxIdKind("PP", "Pasaporte", "7"),
        TaxIdKind("SD", "Sin documento (clientes varios)", "-"),
        TaxIdKind("ND", "Documento de no domiciliado sin RUC", "0"),
        TaxIdKind("CDI", "Cédula diplomática", "A"),
        TaxIdKind("DPR", "Documento del país de residencia", "B"),
        TaxIdKind("TIN", "TIN de persona natural", "C"),
        TaxIdKind("IN", "IN de persona jurídica", "D"),
        TaxIdKind("TAM", "Tarjeta andina de migración", "E"),
        TaxIdKind("PTP", "Permiso temporal de permanencia", "F"),
        TaxIdKind("SALV", "Salvoconducto", "G"),
        TaxIdKind("CPP", "Carné de permiso temporal (CPP)", "H"),
    ),
    fields=(*FIELDS, *OTHER_FIELDS, *SENDING_FIELDS),
    secrets=(
        SecretSpec("sol_user", "Usuario SOL", "El usuario secundario, sin el RUC."),
        SecretSpec("sol_password", "Clave SOL", "La clave de ese usuario."),
        *API_SECRETS,
    ),
    units=(
        ("NIU", "Unidad"),
        ("ZZ", "Servicio"),
        ("KGM", "Kilogramo"),
        ("LTR", "Litro"),
        ("MTR", "Metro"),
        ("HUR", "Hora"),
        ("BX", "Caja"),
        ("DZN", "Docena"),
    ),
    taxes=(
        ("IGV", "18", "IGV 18 %"),
        ("IGV", "10.5", "IGV 10.5 % (restaurantes y hoteles)"),
        ("IGV", "0", "Sin IGV (exonerado, inafecto, exportación)"),
        ("IVAP", "4", "IVAP 4 % (arroz pilado)"),
        ("ISC", "10", "ISC 10 %"),
        ("ISC", "17", "ISC 17 %"),
        ("ISC", "0", "ISC de monto fijo (por unidad)"),
        ("ICBPER", "0", "ICBPER (bolsas de plástico)"),
        ("OTROS", "10", "Otros tributos 10 %"),
        *OTHER_TAXES,
    ),
    tokens=(GRE_TOKEN, REGISTER_TOKEN),
    rejected_number=RejectedNumber.NEW,
    services=(  # of an OSE: the same shape under other addresses (peru.md 5.1)
        ("bill", "facturas, boletas, notas, liquidaciones, resúmenes y bajas"),
        ("other", "retenciones, percepciones y reversiones"),
        ("consult", "consulta de constancias"),
    ),
    nobody=(Customer(TaxId("SD", "-"), "CLIENTES VARIOS"),),
    parts=EVERY_PART - {Part.PERIOD, Part.COMPONENTS, Part.SEVERAL},
    # Nothing but the same bytes tells whether SUNAT holds these, where its register is not asked.
    # No `deadline`: the term hangs from kind and series, and `services` reads it from the date.
    resend_is_question=frozenset(
        {
            DocumentKind.RECEIPT,
            DocumentKind.PURCHASE,
            DocumentKind.RETENTION,
            DocumentKind.PERCEPTION,
            DocumentKind.DESPATCH,
            DocumentKind.CARRIER_DESPATCH,
        }
    ),
)
