// The SDK with one user's log-in and key against the pretended Hacienda.

import * as sdk from "@dojocoding/hacienda-sdk";

import { read, reshaped } from "./shape.mjs";
import { verdict } from "./told.mjs";

const NAMESPACE = "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/v4.4/";
const BUILDERS = {
  "01": sdk.buildFacturaXml,
  "02": sdk.buildNotaDebitoXml,
  "03": sdk.buildNotaCreditoXml,
  "04": sdk.buildTiqueteXml,
  "08": sdk.buildFacturaCompraXml,
  "09": sdk.buildFacturaExportacionXml,
  10: sdk.buildReciboPagoXml,
};
const PATIENCE = { pollIntervalMs: 40, timeoutMs: 8000 };
const RETRIES = { maxRetries: 3, initialDelayMs: 20 };

/** The XML as the SDK writes it. */
export function asBuilt(document) {
  return BUILDERS[document.numeroConsecutivo.slice(8, 10)](document);
}

/** The same under v4.4's namespace: its last word begins with a small letter. */
export function named(xml) {
  const [kind, { ...tree }] = read(xml);
  return written(kind, tree);
}

/** The same with v4.4's body too; every figure is still the SDK's. */
export function shaped(xml, provider) {
  const [kind, tree] = read(xml);
  return written(kind, reshaped(kind, tree, provider));
}

function written(kind, tree) {
  const namespace = NAMESPACE + kind[0].toLowerCase() + kind.slice(1);
  return sdk.buildXml(kind, tree, { namespace });
}

/** A user of the SDK. */
export class Client {
  constructor({ address, user, password, key, pin, signer = sdk, fetchFn = fetch }) {
    const envConfig = {
      name: "pretended",
      apiBaseUrl: `${address}/recepcion/v1`,
      idpTokenUrl: `${address}/auth/realms/rut-stag/protocol/openid-connect/token`,
      clientId: "api-stag",
    };
    Object.assign(this, { user, password, key, pin, signer, calls: [] });
    const watched = (url, options) => this.watch(url, options, fetchFn);
    this.tokens = new sdk.TokenManager({ envConfig, fetchFn: watched });
    const others = { fetchFn: watched, retryOptions: RETRIES, rateLimiterOptions: false };
    this.http = new sdk.HttpClient({ envConfig, tokenManager: this.tokens, ...others });
  }

  /** What the SDK calls, and what it hears. */
  async watch(url, options, fetchFn) {
    const grant = /grant_type=(\w+)/.exec(String(options.body ?? ""))?.[1];
    const call = { name: grant ?? options.method, status: 0 };
    this.calls.push(call);
    const answer = await fetchFn(url, options);
    call.status = answer.status;
    return answer;
  }

  /** The calls since the last question, as "POST 202". */
  heard() {
    return this.calls.splice(0).map(({ name, status }) => `${name} ${status}`);
  }

  /** Logged in. */
  async logIn() {
    const { user: username, password } = this;
    await this.tokens.authenticate({ username, password });
    return this;
  }

  /** What is posted: the XML signed by the SDK, or by its mended copy. */
  async request(document, xml) {
    const party = ({ tipo, numero }) => ({
      tipoIdentificacion: tipo,
      numeroIdentificacion: numero,
    });
    const { clave, fechaEmision: fecha, emisor, receptor, consecutivoReceptor } = document;
    return {
      clave,
      fecha,
      emisor: party(emisor.identificacion),
      ...(receptor ? { receptor: party(receptor.identificacion) } : {}),
      ...(consecutivoReceptor ? { consecutivoReceptor } : {}),
      comprobanteXml: await this.signer.signAndEncode(xml, this.key, this.pin),
    };
  }

  /** The end of a document: what the SDK makes of it. */
  async sent(document, xml, options = {}) {
    const request = await this.request(document, xml);
    return sdk.submitAndWait(this.http, request, { ...PATIENCE, ...options });
  }

  /** The end of a document in the words of Hacienda's XML. */
  async says(document, xml = asBuilt(document)) {
    return verdict(await this.sent(document, xml));
  }

  /** The same in v4.4's shape. */
  async judges(document) {
    return this.says(document, this.reshaped(document));
  }

  /** The XML in v4.4's shape; the issuer made its own system. */
  reshaped(document) {
    return shaped(asBuilt(document), document.emisor.identificacion.numero);
  }
}
