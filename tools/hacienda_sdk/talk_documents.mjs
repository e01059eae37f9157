// Every kind that the SDK builds: as it writes it, and mended. Source: costa-rica.md 2 to 4, 6.

import * as sdk from "@dojocoding/hacienda-sdk";

import { asBuilt, named } from "./client.mjs";
import { GOODS, IVA, SERVICE, reference, sold, written } from "./documents.mjs";
import { verdict } from "./told.mjs";

const CHARGE = { tipoDocumento: "06", detalle: "Servicio 10 %", porcentaje: 10 };
const STATE_CREDIT = { condicionVenta: "08", plazoCredito: "30" };
const TO_STATE = { ...SERVICE, detalle: "Servicios al Estado" };

/** What is said of each kind. */
export async function documents(talk, { plain, client, buyer, issuer }) {
  const bought = issuer.document("01", [sold(3, 2500), sold(1, 1234.56)]);
  await facturas(talk, { plain, client, issuer, bought });
  await tickets(talk, { plain, client, issuer });
  await notes(talk, { plain, client, issuer, bought });
  await receipts(talk, { plain, client, issuer });
  await messages(talk, { plain: buyer.plain, client: buyer.client, bought });
}

async function facturas(talk, { plain, client, issuer, bought }) {
  const document = () => issuer.document("01", [sold(3, 2500)]);
  await talk.step("factura", () => plain.says(document()));
  await talk.step("factura-named", () => {
    const one = document();
    return plain.says(one, named(asBuilt(one)));
  });
  await talk.step("factura-shaped", () => plain.judges(document()));
  await talk.step("factura-mended", () => client.judges(bought));
}

async function tickets(talk, { plain, client, issuer }) {
  const document = () => {
    const charges = [{ ...CHARGE, montoOtroCargo: 900 }];
    const more = { medioPago: ["02"], otrosCargos: charges };
    const { receptor, ...ticket } = issuer.document("04", [sold(2, 4500, SERVICE)], more);
    return ticket;
  };
  await talk.step("ticket", () => plain.says(document()));
  await talk.step("ticket-mended", () => client.judges(document()));
}

async function notes(talk, { plain, client, issuer, bought }) {
  const credit = (about) =>
    issuer.document("03", [sold(1, 2500)], reference(about, "06", "Devolución de una unidad"));
  const debit = () =>
    issuer.document("02", [sold(1, 100)], reference(bought, "02", "Corrige el monto"));
  await talk.step("credit", () => plain.says(credit(bought)));
  await talk.step("credit-mended", () => client.judges(credit(bought)));
  await talk.step("credit-unknown", () =>
    client.judges(credit(issuer.document("01", [sold(1, 1)]))),
  );
  await talk.step("debit", () => plain.says(debit()));
  await talk.step("debit-mended", () => client.judges(debit()));
}

async function receipts(talk, { plain, client, issuer }) {
  const owed = issuer.document("01", [sold(1, 100_000, TO_STATE)], STATE_CREDIT);
  const receipt = () =>
    issuer.document("10", [sold(1, 50_000, TO_STATE)], {
      condicionVenta: "09",
      medioPago: ["04"],
      ...reference(owed, "17", "Pago"),
    });
  await talk.step("state-credit-mended", () => client.judges(owed));
  await talk.step("receipt", () => plain.says(receipt()));
  await talk.step("receipt-mended", () => client.judges(receipt()));
}

/** The buyer confirms what the seller sent. */
async function messages(talk, { plain, client, bought }) {
  const { totalImpuesto, totalComprobante } = bought.resumenFactura;
  const message = (mensaje, kind, number) => ({
    ...bought,
    fechaEmision: written(new Date()),
    consecutivoReceptor: `00100001${kind}${String(number).padStart(10, "0")}`,
    mensaje,
    totalFactura: totalComprobante,
    montoTotalImpuesto: totalImpuesto,
  });
  const xml = (one) =>
    sdk.buildMensajeReceptorXml({
      clave: one.clave,
      numeroCedulaEmisor: one.emisor.identificacion.numero,
      fechaEmisionDoc: one.fechaEmision,
      mensaje: one.mensaje,
      montoTotalImpuesto: one.montoTotalImpuesto,
      codigoActividad: "474100",
      condicionImpuesto: "01",
      totalFactura: one.totalFactura,
      numeroCedulaReceptor: one.receptor.identificacion.numero,
      numeroConsecutivoReceptor: one.consecutivoReceptor,
    });
  const told = async (who, one, body) => {
    await sdk.submitDocument(who.http, await who.request(one, body));
    return verdict(await sdk.getStatus(who.http, `${one.clave}-${one.consecutivoReceptor}`));
  };
  const mended = async (one) => told(client, one, named(xml(one)));
  await talk.step("message", () => {
    const one = message("1", "05", 1);
    return told(plain, one, xml(one));
  });
  await talk.step("message-mended", () => mended(message("1", "05", 2)));
  await talk.step("message-again", () => mended(message("3", "07", 1)));
  await talk.step("message-kind", () => mended(message("3", "05", 3)));
  await talk.step("message-asked", async () => {
    const one = message("1", "05", 2);
    return (await sdk.getStatus(client.http, one.clave)).status;
  });
}

/** The worked examples of costa-rica.md 3.6 with the SDK's arithmetic, in v4.4's shape. */
export async function sums(talk, { client, issuer }) {
  const judged = (lines, more) => client.judges(issuer.document("01", lines, more));
  const taxed = (codigoTarifa, tarifa) => ({ impuesto: [{ ...IVA, codigoTarifa, tarifa }] });
  const exonerated = (porcentajeExoneracion) => {
    const exoneracion = {
      tipoDocumento: "03",
      numeroDocumento: "AL-00012345-26",
      nombreInstitucion: "Institución inventada",
      fechaEmision: "2026-01-15T00:00:00-06:00",
      porcentajeExoneracion,
    };
    return { ...SERVICE, impuesto: [{ ...IVA, exoneracion }] };
  };
  const discount = (montoDescuento) => ({ montoDescuento, naturalezaDescuento: "Comercial" });
  await talk.step("w1", () => judged([sold(3, 2500), sold(1, 1234.56)]));
  await talk.step("w2", () =>
    judged([sold(10, 15_000, { ...SERVICE, descuento: [discount(12_500), discount(2500)] })]),
  );
  await talk.step("w3", () =>
    judged([
      sold(2, 1500),
      sold(5, 800, taxed("02", 1)),
      sold(1, 9000, taxed("10", 0)),
      sold(1.5, 20_000, SERVICE),
    ]),
  );
  await talk.step("w4", () => judged([sold(1, 100_000, exonerated(100))]));
  await talk.step("w5", () =>
    judged([sold(1, 100_000, { ...exonerated((100 * 5) / 13), descuento: [discount(10_000)] })]),
  );
  await talk.step("w6", () =>
    judged([sold(3.333, 333.33333), sold(0.125, 7.77777, taxed("03", 2))]),
  );
  await talk.step("w7", () => {
    const dollars = issuer.document("01", [sold(4, 99.99, SERVICE)]);
    dollars.resumenFactura.codigoTipoMoneda = { codigoMoneda: "USD", tipoCambio: 512.34 };
    return client.judges(dollars);
  });
  await talk.step("w9", () => {
    const selective = { codigo: "02", tarifa: 10 };
    return judged([sold(6, 1000, { ...GOODS, impuesto: [selective, IVA] })]);
  });
  await talk.step("half", () => judged([sold(1.5, 0.67001)]));
}
