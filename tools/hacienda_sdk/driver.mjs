// @dojocoding/hacienda-sdk speaks to the pretended Hacienda, inside its throwaway folder.
//
// `node driver.mjs` reads `asked.json` there and writes `told.json`. What the SDK does is told as
// it is; what is mended is mended in `shape.mjs` (the body) and `mended.mjs` (the policy).

import { readFileSync } from "node:fs";

import { Client } from "./client.mjs";
import { Issuer, sold } from "./documents.mjs";
import { mended } from "./mended.mjs";
import { answers } from "./talk_answers.mjs";
import { documents, sums } from "./talk_documents.mjs";
import { claves, others } from "./talk_own.mjs";
import { tokens } from "./talk_tokens.mjs";
import { Control, Talk } from "./told.mjs";

const asked = JSON.parse(readFileSync("asked.json", "utf-8"));
const talk = new Talk("sdk");
const signer = await mended();
const { address, password, pin } = asked;

/** What one party logs in and signs with. */
function common(who) {
  return { address, password, pin, user: asked.users[who], key: readFileSync(asked.keys[who]) };
}

/** One party with the SDK as it is, and with its signature mended. */
async function party(who) {
  const plain = new Client(common(who));
  const client = new Client({ ...common(who), signer });
  return { plain: await plain.logIn(), client: await client.logIn() };
}

const seller = await party("seller");
const buyer = await party("buyer");
const issuer = new Issuer(asked);
const control = new Control(asked.control);
const context = { ...seller, buyer, issuer, control, signer, common: common("seller") };

await claves(talk);
await tokens(talk, context);
await documents(talk, context);
await sums(talk, context);
await answers(talk, context);
const accepted = issuer.document("01", [sold(1, 1000)]);
await seller.client.judges(accepted);
await others(talk, { ...context, cases: asked.cases, accepted: accepted.clave });
talk.write("told.json");
