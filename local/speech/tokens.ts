import { randomBytes } from "node:crypto";
import { SignJWT, jwtVerify } from "jose";

const ISSUER = "urn:ms.cognitiveservices";
const LIFETIME_SECONDS = 600;

/** The tokens of `issueToken`: good for ten minutes, and only where they were made. */
export class SpeechTokens {
  readonly #secret = randomBytes(32);
  readonly #now: () => number;

  /** @param now milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  async issue(): Promise<string> {
    const issuedAt = Math.floor(this.#now() / 1000);
    return new SignJWT({ region: "local", scope: "speechservices" })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ISSUER)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(this.#secret);
  }

  async accepts(token: string): Promise<boolean> {
    try {
      await jwtVerify(token, this.#secret, { issuer: ISSUER, currentDate: new Date(this.#now()) });
      return true;
    } catch {
      return false;
    }
  }
}
