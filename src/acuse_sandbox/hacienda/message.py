"""MensajeHacienda: the signed answer. Source: costa-rica.md 5.2."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from xml.sax.saxutils import escape

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from acuse_sandbox.hacienda.reading import BASE, Part

DS = "http://www.w3.org/2000/09/xmldsig#"
STAGING = "Comprobante {verb} en el ambiente de pruebas: no tiene validez tributaria"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of DetalleMensaje; code 0 stands for a bare sentence."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What Hacienda decided of a document."""

    accepted: bool
    records: tuple[Record, ...]


@cache
def signer() -> tuple[bytes, bytes]:
    """Key (PEM) and certificate (DER) of this process's Hacienda, of no validity."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CR"),
            x509.NameAttribute(NameOID.COMMON_NAME, "MINISTERIO DE HACIENDA (INVENTADO)"),
        ]
    )
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem, built.public_bytes(Encoding.DER)


def detail(judgement: Judgement) -> str:
    """DetalleMensaje in the seen shape."""
    verb = "aceptado" if judgement.accepted else "procesado"
    text = STAGING.format(verb=verb)
    bare = [record.text for record in judgement.records if record.code == 0]
    coded = [record for record in judgement.records if record.code != 0]
    if bare and not coded:
        return f"{text}\n\n" + "\n".join(bare)
    if not coded:
        return text
    told = "\n".join(
        f'{record.code}, "{record.text.replace(chr(34), chr(34) * 2)}", 0, 0' for record in coded
    )
    heading = "" if judgement.accepted else "El comprobante tiene los siguientes errores:\n"
    return f"{text}\n\n{heading}[\ncodigo, mensaje, fila, columna\n{told}\n]"


def build(document: Part, clave: str, judgement: Judgement) -> bytes:
    """The signed MensajeHacienda about a document that could be read."""
    receiver = ""
    if document.has("Receptor/Identificacion"):
        receiver = _fields(
            ("NombreReceptor", document.text("Receptor/Nombre")),
            ("TipoIdentificacionReceptor", document.text("Receptor/Identificacion/Tipo")),
            ("NumeroCedulaReceptor", document.text("Receptor/Identificacion/Numero")),
        )
    body = (
        _fields(
            ("Clave", clave),
            ("NombreEmisor", document.text("Emisor/Nombre")),
            ("TipoIdentificacionEmisor", document.text("Emisor/Identificacion/Tipo")),
            ("NumeroCedulaEmisor", document.text("Emisor/Identificacion/Numero")),
        )
        + receiver
        + _fields(
            ("Mensaje", "1" if judgement.accepted else "3"),
            ("EstadoMensaje", "Aceptado" if judgement.accepted else "Rechazado"),
            ("DetalleMensaje", detail(judgement)),
            ("MontoTotalImpuesto", document.text("ResumenFactura/TotalImpuesto") or "0.00000"),
            ("TotalFactura", document.text("ResumenFactura/TotalComprobante") or "0"),
        )
    )
    return _signed(f'<MensajeHacienda xmlns="{BASE}mensajeHacienda">{body}</MensajeHacienda>')


def _fields(*pairs: tuple[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in pairs)


def _signed(markup: str) -> bytes:
    root = etree.fromstring(markup.encode())
    template = xmlsec.template.create(
        root, xmlsec.constants.TransformInclC14N, xmlsec.constants.TransformRsaSha256, ns="ds"
    )
    root.append(template)
    reference = xmlsec.template.add_reference(template, xmlsec.constants.TransformSha256, uri="")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    info = xmlsec.template.ensure_key_info(template)
    data = etree.SubElement(info, f"{{{DS}}}X509Data")
    pem, der = signer()
    etree.SubElement(data, f"{{{DS}}}X509Certificate").text = b64encode(der).decode()
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    context.sign(template)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
