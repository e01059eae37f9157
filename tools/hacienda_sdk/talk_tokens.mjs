// Log-in and tokens. Source: costa-rica.md 5, "Token", and 5.1.

import * as sdk from "@dojocoding/hacienda-sdk";

import { Client } from "./client.mjs";
import { sold } from "./documents.mjs";

const NOBODYS = "50625112600310199988800100001010000009999112345678";
const BLOCKS = 5; // refused passwords after which the sandbox blocks a user

/** What is said of tokens. */
export async function tokens(talk, { control, common, issuer, signer }) {
  const client = (more = {}) => new Client({ ...common, signer, ...more });
  const ask = async (one) => {
    await sdk.getStatus(one.http, NOBODYS).catch(() => undefined);
    return one.heard().join(", ");
  };

  await talk.step("token", async () => ask(await client().logIn()));
  await talk.step("user-built", async () => {
    const user = sdk.buildUsername("02", issuer.parties.emisor.identificacion.numero);
    return (await client({ user }).logIn()).judges(issuer.document("01", [sold(3, 2500)]));
  });
  await talk.step("password-refused", () => client({ user: "uno", password: "mala" }).logIn());
  await talk.step("password-blocked", async () => {
    const blocked = client({ user: "otro", password: "mala" });
    for (let tries = 0; tries < BLOCKS; tries++) await blocked.logIn().catch(() => undefined);
    return blocked.logIn();
  });
  await talk.step("idp-down", () => control.under("idp", ["down", "up"], () => client().logIn()));
  await talk.step("down-read", async () => {
    const codes = [];
    const remember = (error) => codes.push(error.code);
    await client({ user: "tres", password: "mala" }).logIn().catch(remember);
    await control.under("idp", ["down", "up"], () => client().logIn().catch(remember));
    return codes[0] === codes[1] ? "one code for both" : codes.join(" or ");
  });
  await talk.step("token-refreshed", () =>
    control.under("token_seconds", ["20", "300"], async () => ask(await client().logIn())),
  );
  await talk.step("refresh-expired", () =>
    control.under("token_seconds", ["20", "300"], async () => {
      const one = await client().logIn();
      return control.ahead(40_000, () => ask(one));
    }),
  );
  await talk.step("token-expired", async () => {
    const one = await client().logIn();
    return control.ahead(400, () => ask(one));
  });
  await talk.step("token-unknown", async () => {
    const one = client();
    one.http.tokenManager = { getAccessToken: async () => "inventado" };
    return ask(one);
  });
}
