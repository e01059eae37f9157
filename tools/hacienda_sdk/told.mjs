// What is said in a conversation with the pretended Hacienda, and what steers the sandbox.
// The driver stands on it; it knows nothing of the client.

import { writeFileSync } from "node:fs";

/** What was said at each step. */
export class Talk {
  constructor(client) {
    this.client = client;
    this.told = [];
  }

  /** Do it, and remember what was said; what the client itself stumbles over is said too. */
  async step(name, call) {
    const step = `${this.client}/${name}`;
    try {
      this.told.push({ step, said: await call() });
    } catch (error) {
      this.told.push({ step, said: outcome(error), why: String(error?.stack ?? error) });
    }
  }

  /** Leave what was said for the tool. */
  write(path) {
    writeFileSync(path, JSON.stringify(this.told), "utf-8");
  }
}

/** An error in a few words: the HTTP status that it carries, or the name of its class. */
function outcome(error) {
  if (error.statusCode !== undefined) return `http ${error.statusCode}`;
  const told = /status (\d{3})/.exec(error.message);
  if (told) return `log-in ${told[1]}`;
  return `client: ${error.constructor.name}`;
}

/** ind-estado, Hacienda's own codes in its XML, and the rules that the sandbox names there. */
export function verdict({ status, responseXml = "" }) {
  const codes = [...responseXml.matchAll(/^(-\d{1,3}), "/gm)].map((one) => one[1]);
  const rules = [...responseXml.matchAll(/\((CR-[A-Z]+(?:-\d+)?)\)/g)].map((one) => one[1]);
  return [status, ...[...new Set(codes), ...new Set(rules)].sort()].join(" ");
}

/** The sandbox's control port. */
export class Control {
  constructor(address) {
    this.address = address;
  }

  /** One instruction; raises if it is not understood. */
  async tell(path, body) {
    const answer = await fetch(`${this.address}/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the sandbox did not understand: ${await answer.text()}`);
  }

  /** What happens to the next document. */
  async next(...replies) {
    await this.tell("script", { authority: "hacienda", match: {}, replies });
  }

  /** The call with a setting of Hacienda's, which is as before afterwards. */
  async under(name, [value, usual], call) {
    await this.tell("settings", { [`hacienda.${name}`]: value });
    try {
      return await call();
    } finally {
      await this.tell("settings", { [`hacienda.${name}`]: usual });
    }
  }

  /** The call while the sandbox's clock is ahead. */
  async ahead(seconds, call) {
    await this.tell("clock", { shift_seconds: seconds });
    try {
      return await call();
    } finally {
      await this.tell("clock", { shift_seconds: 0 });
    }
  }
}
