// What is issued in the conversation: invented parties, lines with the SDK's own arithmetic.

import * as sdk from "@dojocoding/hacienda-sdk";

const PLACE = { provincia: "1", canton: "01", distrito: "01", otrasSenas: "Calle Invento 10" };
const COLONES = { codigoMoneda: "CRC", tipoCambio: 1 };
export const IVA = { codigo: "01", codigoTarifa: "08", tarifa: 13 };
export const GOODS = { codigoCabys: "2399999000100", unidadMedida: "Unid", esServicio: false };
export const SERVICE = { codigoCabys: "8314100000000", unidadMedida: "Sp", esServicio: true };

/** One line as the SDK's calculator is told it. */
export function sold(cantidad, precioUnitario, more = {}) {
  return {
    ...GOODS,
    cantidad,
    precioUnitario,
    detalle: "Artículo inventado",
    impuesto: [IVA],
    ...more,
  };
}

/** A moment as Hacienda wants it, in Costa Rica's time. */
export function written(moment) {
  return `${new Date(moment - 6 * 3600_000).toISOString().slice(0, 19)}-06:00`;
}

/** The documents of one issuer to one buyer, each with the next number of its kind. */
export class Issuer {
  constructor({ seller, buyer }) {
    this.parties = {
      emisor: {
        nombre: "La Empresa Ejemplar S.A.",
        identificacion: { tipo: "02", numero: seller },
        ubicacion: PLACE,
        correoElectronico: "ventas@empresa.example",
      },
      receptor: {
        nombre: "Compradora Inventada S.A.",
        identificacion: { tipo: "02", numero: buyer },
        correoElectronico: "compras@compradora.example",
      },
    };
    this.numbers = {};
  }

  /** Clave, consecutivo and moment of a new document; the SDK knows no kind 10. */
  head(kind) {
    const sequence = (this.numbers[kind] = (this.numbers[kind] ?? 0) + 1);
    const date = new Date();
    const taxpayerId = this.parties.emisor.identificacion.numero;
    const documentType = kind === "10" ? "01" : kind;
    const built = sdk.buildClave({ date, taxpayerId, documentType, sequence, situation: "1" });
    const clave = built.slice(0, 29) + kind + built.slice(31);
    return { clave, numeroConsecutivo: clave.slice(21, 41), fechaEmision: written(date) };
  }

  /** A document with the SDK's amounts, as the SDK's builders are told it. */
  document(kind, lines, more = {}) {
    const detalleServicio = lines.map((one, index) =>
      sdk.calculateLineItemTotals({ ...one, numeroLinea: index + 1 }),
    );
    const charges = (more.otrosCargos ?? []).reduce((sum, one) => sum + one.montoOtroCargo, 0);
    const totals = sdk.calculateInvoiceSummary(detalleServicio, charges);
    return {
      ...this.head(kind),
      codigoActividad: "474100",
      ...this.parties,
      condicionVenta: "01",
      medioPago: ["01"],
      detalleServicio,
      resumenFactura: { codigoTipoMoneda: COLONES, totalOtrosCargos: charges, ...totals },
      ...more,
    };
  }
}

/** What a note or a receipt says of the document that it is about. */
export function reference(about, codigo, razon) {
  const { clave: numero, fechaEmision } = about;
  return { informacionReferencia: [{ tipoDoc: "01", numero, fechaEmision, codigo, razon }] };
}
