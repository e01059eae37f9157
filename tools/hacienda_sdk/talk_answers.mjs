// What Hacienda answers besides a plain verdict, and what the SDK makes of it: costa-rica.md 5.1.

import * as sdk from "@dojocoding/hacienda-sdk";

import { sold } from "./documents.mjs";
import { verdict } from "./told.mjs";

/** The end as the SDK tells it. */
const made = ({ accepted, rejectionReason }) =>
  `accepted ${accepted}, ${rejectionReason === undefined ? "no reason" : "a reason"}`;

/** What is said of answers. */
export async function answers(talk, context) {
  await asking(talk, context);
  await reading(talk, context);
  await troubles(talk, context);
}

async function asking(talk, { control, client, issuer }) {
  const document = issuer.document("01", [sold(1, 1000)]);
  const xml = client.reshaped(document);
  const request = await client.request(document, xml);
  await talk.step("taken", async () => {
    const { status, location } = await sdk.submitDocument(client.http, request);
    const { pathname } = new URL(location, client.http.baseUrl);
    return `${status} ${pathname.replace(request.clave, "{clave}")}`;
  });
  await talk.step("again", () => sdk.submitDocument(client.http, request));
  await talk.step("again-read", async () => {
    const error = await sdk.submitDocument(client.http, request).catch((found) => found);
    return /[Dd]uplicate/.test(error.message) ? "a duplicate" : "malformed";
  });
  await talk.step("asked", async () => verdict(await sdk.getStatus(client.http, request.clave)));
  await talk.step("unknown", () => sdk.getStatus(client.http, `${request.clave.slice(0, 49)}x`));
  await talk.step("pending", async () => {
    await control.next({ processing: 2 });
    const states = [];
    const onPoll = ({ status }) => states.push(status);
    const pending = issuer.document("01", [sold(1, 1000)]);
    await client.sent(pending, client.reshaped(pending), { onPoll });
    return states.join(", ");
  });
  await talk.step("not-yet", () =>
    control.under("not_found_seconds", ["0.3", "0"], async () => {
      client.heard();
      await client.judges(issuer.document("01", [sold(1, 1000)]));
      return [...new Set(client.heard())].join(", ");
    }),
  );
  await talk.step("patience", () =>
    control.under("processing_seconds", ["3600", "0"], async () => {
      const slow = issuer.document("01", [sold(1, 1000)]);
      return client.sent(slow, client.reshaped(slow), { timeoutMs: 300 });
    }),
  );
  await talk.step("list", async () => {
    const emisor = `02${request.emisor.numeroIdentificacion.padStart(12, "0")}`;
    const listed = await sdk.listComprobantes(client.http, { emisor, limit: 2 });
    const { clave } = await sdk.getComprobante(client.http, request.clave);
    return `${listed.length}, ${clave === request.clave ? "found" : "another"}`;
  });
}

async function reading(talk, { control, client, issuer }) {
  const good = () => issuer.document("01", [sold(1, 1000)]);
  const bad = () => {
    const found = good();
    found.resumenFactura.totalComprobante += 10;
    return found;
  };
  const read = async (document) => made(await client.sent(document, client.reshaped(document)));
  const faulty = (fault, document) =>
    control.under("fault", [fault, ""], async () => read(document));
  await talk.step("rejected", () => client.judges(bad()));
  await talk.step("rejected-read", () => read(bad()));
  await talk.step("observed", async () => {
    await control.next({ observe: "-53" });
    return client.judges(good());
  });
  await talk.step("observed-read", async () => {
    await control.next({ observe: "-53" });
    return read(good());
  });
  await talk.step("words-read", () => faulty("accepted_words", bad()));
  await talk.step("returns-read", () => faulty("carriage_returns", bad()));
  await talk.step("error-read", () => faulty("error", good()));
  await talk.step("no-xml-read", () => faulty("no_xml", good()));
  await talk.step("contrary-read", () => faulty("wrong_message", good()));
  await talk.step("broken-read", () => faulty("broken_signature", good()));
  await talk.step("anothers-read", async () => {
    await control.next("wrong_document");
    return read(good());
  });
}

async function troubles(talk, { control, client, issuer }) {
  const heard = async (call) => {
    client.heard();
    await call(issuer.document("01", [sold(1, 1000)])).catch(() => undefined);
    return client.heard().join(", ");
  };
  const judges = (document) => client.judges(document);
  await talk.step("limit", () => control.under("rate_limit", ["0", "100000"], () => heard(judges)));
  await talk.step("gateway", () =>
    control.under("fault", ["gateway_403", ""], () => heard(judges)),
  );
  await talk.step("page", () => control.under("fault", ["page_502", ""], () => heard(judges)));
  await talk.step("retried", async () => {
    await control.next({ http: 503 });
    return heard(judges);
  });
  await talk.step("lost", async () => {
    await control.next("hang_after_accept");
    return heard(judges);
  });
}
