// Claves by the SDK, and what Acuse signed and Hacienda answered in the eyes of the SDK's parts.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import * as sdk from "@dojocoding/hacienda-sdk";
import * as xadesjs from "xadesjs";

import { inputOf } from "./ours.mjs";
import { read } from "./shape.mjs";

const COSTA_RICA = "America/Costa_Rica";
// costa-rica.md 2: moment, identification, consecutivo, situation, security code
const VECTORS = [
  ["2026-11-25T10:30:00-06:00", "3101999888", "00100001010000000001", "1", "12345678"],
  ["2026-01-01T00:10:00-06:00", "199990888", "00200003040000000157", "3", "00000042"],
  ["2026-11-30T12:00:00-06:00", "155812345678", "00100001030000001000", "2", "99999999"],
  ["2026-12-01T05:59:59Z", "3101999888", "00100001010000000002", "1", "00000001"],
  ["2028-02-29T08:00:00-06:00", "3007999111", "99999999109999999999", "1", "87654321"],
  ["2026-11-25T10:30:00-06:00", "3101999888", "00100001100000000001", "1", "00000007"],
];

function built(number, zone = COSTA_RICA) {
  const [moment, taxpayerId, consecutivo, situation, securityCode] = VECTORS[number - 1];
  process.env.TZ = zone;
  try {
    return sdk.buildClave({
      date: new Date(moment),
      taxpayerId,
      branch: consecutivo.slice(0, 3),
      pos: consecutivo.slice(3, 8),
      documentType: consecutivo.slice(8, 10),
      sequence: Number(consecutivo.slice(10)),
      situation,
      securityCode,
    });
  } finally {
    process.env.TZ = COSTA_RICA;
  }
}

/** What the SDK says of claves. */
export async function claves(talk) {
  await talk.step("clave-1", () => built(1));
  await talk.step("clave-2", () => built(2));
  await talk.step("clave-3", () => built(3));
  await talk.step("clave-4", () => built(4));
  await talk.step("clave-4-utc", () => built(4, "UTC"));
  await talk.step("clave-5", () => built(5));
  await talk.step("clave-6", () => built(6));
  await talk.step("clave-read", () => {
    const { dateRaw, taxpayerId, sequence } = sdk.parseClave(built(1));
    return `${dateRaw} ${taxpayerId} ${sequence}`;
  });
  await talk.step(
    "clave-letters",
    () => sdk.parseClave(built(1).replace("310199988", "3101A0000")).raw,
  );
}

/** What the SDK's parts say of the documents in Acuse's test cases, and of Hacienda's answer. */
export async function others(talk, { cases, client, accepted }) {
  const sealed = readdirSync(cases).filter((name) => existsSync(`${cases}/${name}/sealed.xml`));
  const ours = sealed.map((name) => {
    const xml = readFileSync(`${cases}/${name}/sealed.xml`, "utf-8");
    const [kind, tree] = read(xml);
    return { name, xml, kind, tree };
  });
  const facturas = ours.filter(({ kind }) => kind === "FacturaElectronica");
  const inputs = facturas.map(({ tree }) => inputOf(tree));
  await talk.step("ours-signatures", async () => {
    const checked = await Promise.all(ours.map(({ xml }) => verified(xml)));
    return differing(ours.filter((_, index) => !checked[index]).map(({ name }) => name));
  });
  await talk.step("ours-altered", async () => {
    const altered = ours.map(({ xml }) => xml.replace("<Clave>5", "<Clave>6"));
    const refused = () => false; // the library raises where a digest differs
    const checked = await Promise.all(altered.map((xml) => verified(xml).catch(refused)));
    return checked.some(Boolean) ? "verified" : "not verified";
  });
  await talk.step("ours-claves", () =>
    differing(ours.map(({ tree }) => tree.Clave).filter((one) => sdk.parseClave(one).raw !== one)),
  );
  await talk.step("ours-valid", () => differing(inputs.flatMap(complaints)));
  await talk.step("ours-sums", () => differing(inputs.flatMap(otherTotals)));
  await talk.step("answer-signature", async () => {
    const { responseXml } = await sdk.getStatus(client.http, accepted);
    return (await verified(responseXml)) ? "verified" : "not verified";
  });
}

/** What differs, each once; "agree" if nothing does. */
function differing(found) {
  return [...new Set(found)].sort().join(", ") || "agree";
}

/** What the SDK's validator complains of, by field. */
function complaints(input) {
  const { errors } = sdk.validateFacturaInput(input);
  return errors.map(({ path }) =>
    path
      .split(".")
      .filter((word) => !/^\d+$/.test(word))
      .slice(-2)
      .join("."),
  );
}

/** Whether the library that the SDK signs with verifies this signature. */
async function verified(xml) {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const [signature] = document.getElementsByTagNameNS(
    "http://www.w3.org/2000/09/xmldsig#",
    "Signature",
  );
  const signed = new xadesjs.SignedXml(document);
  signed.LoadXml(signature);
  return signed.Verify();
}

/** The totals to which the SDK's calculator comes otherwise, from price, quantity and tariff. */
function otherTotals({ detalleServicio, resumenFactura }) {
  const lines = detalleServicio.map((one) => sdk.calculateLineItemTotals(one));
  const totals = sdk.calculateInvoiceSummary(lines, resumenFactura.totalOtrosCargos);
  return Object.keys(totals).filter((name) => totals[name] !== (resumenFactura[name] ?? 0));
}
