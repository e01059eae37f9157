// A second copy of the SDK in the throwaway folder, whose signature names the policy of v4.4.
// The SDK has the policy as constants, takes none as an argument, and hands its hash over where
// xadesjs does not look: what is signed then is a digest of the address (costa-rica.md 4).

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const HOUSE = "node_modules/@dojocoding";
const POLICY =
  "https://cdn.comprobanteselectronicos.go.cr/xml-schemas/Resoluci%C3%B3n_General_sobre_" +
  "disposiciones_t%C3%A9cnicas_comprobantes_electr%C3%B3nicos_para_efectos_tributarios.pdf";
const HASH = "DWxin1xWOeI8OuWQXazh4VjLWAaCLAA954em7DMh0h8=";

/** The mended copy, imported. */
export async function mended() {
  copied("hacienda-shared", [
    [/XADES_POLICY_URI = "[^"]+"/, `XADES_POLICY_URI = "${POLICY}"`],
    [/XADES_POLICY_HASH = "[^"]+"/, `XADES_POLICY_HASH = "${HASH}"`],
  ]);
  copied("hacienda-sdk", [
    [/policy: \{/, "policy: { digestValue: XADES_POLICY_HASH,"],
    [/name: "SHA-1"/, 'name: "SHA-256"'],
    [/@dojocoding\/hacienda-shared"/g, '@dojocoding/hacienda-shared-mended"'],
  ]);
  return import("@dojocoding/hacienda-sdk-mended");
}

/** A copy of a package under another name; raises where it is not written as expected. */
function copied(name, changes) {
  const place = `${HOUSE}/${name}-mended`;
  rmSync(place, { recursive: true, force: true });
  cpSync(`${HOUSE}/${name}`, place, { recursive: true });
  let code = readFileSync(`${place}/dist/index.js`, "utf-8");
  for (const [old, put] of changes) {
    if (code.search(old) < 0) throw new Error(`${name} does not hold ${old}`);
    code = code.replace(old, put);
  }
  writeFileSync(`${place}/dist/index.js`, code, "utf-8");
}
