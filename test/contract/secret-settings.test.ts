import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start as startCosmos } from "../../local/cosmos/start.ts";
import { createControl } from "../../local/faults/control.ts";
import { type RunningKeyVault, startKeyVault } from "../../local/key-vault/start-key-vault.ts";
import { startOpenAi } from "../../local/openai/start-openai.ts";
import { startPostgres } from "../../local/postgres/start-postgres.ts";
import { noCustomVoices } from "../../local/speech/speech-state.ts";
import { startSpeech } from "../../local/speech/start-speech.ts";
import { startTranslator } from "../../local/translator/start-translator.ts";
import { openBlobs } from "../../src/composition/blobs.ts";
import { voicesListOf } from "../../src/composition/custom-voice.ts";
import { openDatabase } from "../../src/composition/database.ts";
import type { Foundation } from "../../src/composition/foundation.ts";
import { authenticatorOf } from "../../src/composition/pipeline.ts";
import { speechAccess } from "../../src/composition/speech-access.ts";
import { speechServices } from "../../src/composition/speech-services.ts";
import { configuredTranslator } from "../../src/composition/translation.ts";
import { SECRET_SETTINGS } from "../../src/config.ts";
import type { ErrorCode } from "../../src/domain/errors/catalog.ts";
import { recordingSpeak } from "../support/fake-speak.ts";
import { foundationWithVault } from "../support/foundation-with-vault.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { startRefusingPostgres } from "../support/sham-postgres.ts";
import { startStorageAccount } from "../support/storage-account.ts";

/** What the setting opens, as it runs. */
interface Opened {
  /** Other settings that it needs. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What is accepted, and what is not. */
  readonly good: string;
  readonly wrong: string;
  /** Code of the refusal of what is wrong. */
  readonly refusal: ErrorCode;
  close(): Promise<unknown>;
}

interface SecretCase {
  open(): Promise<Opened>;
  /** Gives the call that needs the secret; it is made again and again by the same client. */
  client(foundation: Foundation, opened: Opened): () => Promise<unknown>;
}

const GOOD = "the-right-key";
const keys = { good: GOOD, wrong: "the-former-key" };
const storeKeys = { good: "cmlnaHQ=", wrong: "Zm9ybWVy", refusal: "store-unauthorized" } as const;
const never = () => new AbortController().signal;
const voice = { id: "a", partition: "ada", createdAt: "2026-03-01T12:00:00.000Z" };
const control = createControl();

/** Setting → what it opens. A secret setting without a case fails. */
const CASES: Readonly<Record<string, SecretCase>> = {
  AZURE_SPEECH_KEY: {
    async open() {
      const speech = await startSpeech({ port: 0, key: GOOD, state: noCustomVoices, control });
      const settings = { AZURE_SPEECH_HOST: speech.url };
      return { ...keys, refusal: "speech-unauthorized", settings, close: () => speech.close() };
    },
    client(foundation) {
      const catalog = voicesListOf(foundation, speechAccess(foundation));
      return () => catalog.list();
    },
  },
  AZURE_TRANSLATOR_KEY: {
    async open() {
      const translator = await startTranslator({ port: 0, key: GOOD, control });
      const settings = { AZURE_TRANSLATOR_ENDPOINT: translator.url };
      return { ...keys, refusal: "translation-unauthorized", settings, close: () => translator.close() };
    },
    client(foundation) {
      const translator = configuredTranslator(foundation);
      return async () => translator?.translate({ from: "en", to: "de", keep: [], texts: ["Hello"] }, never());
    },
  },
  AZURE_OPENAI_API_KEY: {
    async open() {
      const openAi = await startOpenAi({ port: 0, key: GOOD, control, speak: recordingSpeak().speak });
      const settings = {
        AZURE_OPENAI_ENDPOINT: openAi.url,
        AZURE_OPENAI_SPEECH_DEPLOYMENT: "gpt-4o-mini-tts",
      };
      return { ...keys, refusal: "speech-unauthorized", settings, close: () => openAi.close() };
    },
    client(foundation) {
      const synthesizer = speechServices(foundation, speechAccess(foundation));
      const target = { kind: "openai", text: "Hello.", speed: 1 } as const;
      const request = { ssml: "", outputFormat: "raw-24khz-16bit-mono-pcm", target, voiceName: "alloy" };
      return async () => new Response(await synthesizer.synthesize(request, never())).arrayBuffer();
    },
  },
  COSMOS_DB_KEY: {
    async open() {
      const cosmos = await startCosmos({ port: 0, key: storeKeys.good });
      const settings = { COSMOS_DB_ENDPOINT: cosmos.url, STORE_CREATE_CONTAINERS: "true" };
      return { ...storeKeys, settings, close: () => cosmos.close() };
    },
    client: storedVoice,
  },
  DATABASE_URL: {
    async open() {
      const [postgres, refusing] = await Promise.all([startPostgres({ port: 0 }), startRefusingPostgres()]);
      const close = () => Promise.all([postgres.close(), refusing.close()]);
      return { good: postgres.url, wrong: refusing.url, refusal: "store-unauthorized", close };
    },
    client: storedVoice,
  },
  AZURE_STORAGE_CONNECTION_STRING: {
    async open() {
      const storage = await startStorageAccount();
      const good = storage.connectionString;
      const wrong = good.replace(/AccountKey=[^;]+/, `AccountKey=${storeKeys.wrong}`);
      const settings = { STORE_CREATE_CONTAINERS: "true" };
      return { ...storeKeys, good, wrong, settings, close: () => storage.close() };
    },
    client(foundation) {
      const blobs = openBlobs(foundation);
      return () => blobs.list("audio", { prefix: "", limit: 1 });
    },
  },
  METRICS_TOKEN: {
    open: async () => ({ ...keys, refusal: "token-invalid", close: async () => undefined }),
    client(foundation, { good }) {
      const authenticator = authenticatorOf(foundation);
      return () => authenticator.authenticate(good);
    },
  },
};

/** Of one secret; it was read for the first refusal. */
const SECONDS_BETWEEN_RENEWALS = 10;

function storedVoice(foundation: Foundation): () => Promise<unknown> {
  const voices = openDatabase(foundation).collection({ name: "voices" });
  return () => voices.upsert(voice);
}

let vault: RunningKeyVault;

beforeAll(async () => {
  vault = await startKeyVault();
});

afterAll(() => vault.close());

/** The app with the setting in the vault. */
function foundationWith(name: string, { settings }: Opened) {
  const clock = new ManualClock();
  const reference = { ...settings, [name]: "keyvault:the-secret" };
  return { foundation: foundationWithVault(vault, reference, clock), clock };
}

describe.each(SECRET_SETTINGS)("a secret of Key Vault as %s", (name) => {
  let secretCase: SecretCase;
  let opened: Opened;

  beforeAll(async () => {
    const found = CASES[name];
    if (found === undefined) {
      throw new Error(`CASES needs an entry for ${name}.`);
    }
    secretCase = found;
    opened = await secretCase.open();
  });

  afterAll(() => opened.close());

  it("opens what it is for, and is rotated without a restart", async () => {
    const { foundation, clock } = foundationWith(name, opened);
    const call = secretCase.client(foundation, opened);
    vault.set("the-secret", opened.wrong);
    await expect(call()).rejects.toMatchObject({ code: opened.refusal });

    vault.set("the-secret", opened.good);
    clock.advance(300);

    await expect(call()).resolves.toBeDefined();
  });

  it("is read anew at once where its former value is refused", async () => {
    const { foundation, clock } = foundationWith(name, opened);
    const call = secretCase.client(foundation, opened);
    vault.set("the-secret", opened.wrong);
    await expect(call()).rejects.toMatchObject({ code: opened.refusal });

    vault.set("the-secret", opened.good);
    clock.advance(SECONDS_BETWEEN_RENEWALS);

    await expect(call()).resolves.toBeDefined();
  });

  it("is named when it cannot be read, and taken as soon as it can", async () => {
    vault.set("the-secret", undefined);
    const { foundation } = foundationWith(name, opened);
    const call = secretCase.client(foundation, opened);

    await expect(call()).rejects.toMatchObject({
      code: "secret-unavailable",
      retryable: true,
      message: "The secret the-secret cannot be read: the vault has no such secret.",
    });

    vault.set("the-secret", opened.good);
    await expect(call()).resolves.toBeDefined();
  });
});
