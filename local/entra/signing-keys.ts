import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { z } from "zod";

/** Entra publishes the keys of the recent past beside the one in use. */
const MAX_PUBLISHED_KEYS = 3;

const storedKeys = z.object({
  keys: z.array(z.object({ kid: z.string(), privateJwk: z.record(z.string(), z.unknown()) })).min(1),
});
type StoredKeys = z.infer<typeof storedKeys>;

export interface SigningKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

/** RSA signing keys kept in one file; the last one signs. */
export class SigningKeys {
  readonly #file: string;
  #stored: StoredKeys;

  private constructor(file: string, stored: StoredKeys) {
    this.#file = file;
    this.#stored = stored;
  }

  /** Reads the keys under `{dataDirectory}/entra`, or makes the first one. Two processes at once agree on one key. */
  static async open(dataDirectory: string): Promise<SigningKeys> {
    const directory = join(dataDirectory, "entra");
    const file = join(directory, "signing-keys.json");
    const existing = await readStored(file);
    if (existing !== undefined) {
      return new SigningKeys(file, existing);
    }
    await mkdir(directory, { recursive: true });
    await createStored(file, { keys: [await newKey()] });
    return new SigningKeys(file, storedKeys.parse(JSON.parse(await readFile(file, "utf8"))));
  }

  /**
   * Reads the keys of a stack that has run before.
   *
   * @throws Error when there are none: a token of new keys would be refused by every stack that runs.
   */
  static async openExisting(dataDirectory: string): Promise<SigningKeys> {
    const file = join(dataDirectory, "entra", "signing-keys.json");
    const existing = await readStored(file);
    if (existing === undefined) {
      throw new Error(
        `No stack has run on ${dataDirectory}: start one with npm start, or name its folder in DATA_DIR.`,
      );
    }
    return new SigningKeys(file, existing);
  }

  async signingKey(): Promise<SigningKey> {
    const last = this.#stored.keys.at(-1);
    if (last === undefined) {
      throw new Error("there is no signing key");
    }
    return { kid: last.kid, key: await importPrivateKey(last.privateJwk) };
  }

  /** The public halves, as the JWKS endpoint publishes them. */
  publicKeys(): readonly JWK[] {
    return this.#stored.keys.map(({ kid, privateJwk }) => ({
      kty: "RSA",
      use: "sig",
      kid,
      x5t: kid,
      n: String(privateJwk["n"]),
      e: String(privateJwk["e"]),
    }));
  }

  /** Signs with a fresh key from here on; keys older than the last three are no longer published. */
  async rollOver(): Promise<void> {
    const keys = [...this.#stored.keys, await newKey()].slice(-MAX_PUBLISHED_KEYS);
    const temporary = `${this.#file}.${randomUUID()}`;
    await writeFile(temporary, JSON.stringify({ keys }), { mode: 0o600 });
    await rename(temporary, this.#file);
    this.#stored = { keys };
  }
}

/** A key that no JWKS endpoint knows. */
export async function unpublishedKey(): Promise<SigningKey> {
  const { kid, privateJwk } = await newKey();
  return { kid, key: await importPrivateKey(privateJwk) };
}

async function readStored(file: string): Promise<StoredKeys | undefined> {
  try {
    return storedKeys.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    throw new Error(`${file} is not a file of signing keys; delete it to get new ones`, { cause: error });
  }
}

/** A link to a complete file appears at once or not at all, and never replaces the file of another process. */
async function createStored(file: string, stored: StoredKeys): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, JSON.stringify(stored), { mode: 0o600 });
  try {
    await link(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
  } finally {
    await rm(temporary);
  }
}

async function newKey(): Promise<StoredKeys["keys"][number]> {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const privateJwk = await exportJWK(privateKey);
  return { kid: randomUUID().replaceAll("-", "").slice(0, 27), privateJwk: { ...privateJwk } };
}

async function importPrivateKey(privateJwk: Readonly<Record<string, unknown>>): Promise<CryptoKey> {
  const key = await importJWK({ kty: "RSA", ...privateJwk }, "RS256");
  if (key instanceof Uint8Array) {
    throw new TypeError("an RSA key was expected");
  }
  return key;
}
