import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const createdSchema = z.object({ id: z.string() });

const voiceSchema = z.object({
  id: z.string(),
  status: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export interface Recordings {
  readonly consent: Uint8Array;
  readonly sample: Uint8Array;
  readonly voiceTalentName: string;
  readonly companyName: string;
}

const POLL_INTERVAL_MS = 300;
const TRAINING_DEADLINE_MS = 60_000;

/** Calls the API as any client would. */
export class DemoClient {
  readonly #baseUrl: string;
  readonly #token: string;

  constructor(baseUrl: string, token: string) {
    this.#baseUrl = baseUrl;
    this.#token = token;
  }

  /** @returns the id of a voice that is being made. */
  async trainVoice(name: string, recordings: Recordings): Promise<string> {
    const form = new FormData();
    form.set("name", name);
    form.set("kind", "personal");
    form.set("locale", "en-US");
    form.set("voiceTalentName", recordings.voiceTalentName);
    form.set("companyName", recordings.companyName);
    form.set("consent", wavFile(recordings.consent, "consent.wav"));
    form.set("samples", wavFile(recordings.sample, "sample.wav"));
    const response = await this.#send("/api/v1/voices/train", { method: "POST", body: form });
    return voiceSchema.parse(await response.json()).id;
  }

  /** @throws Error when the training fails or takes longer than a minute. */
  async untilReady(voiceId: string): Promise<void> {
    const deadline = Date.now() + TRAINING_DEADLINE_MS;
    for (;;) {
      const response = await this.#send(`/api/v1/voices/${voiceId}`, {});
      const { status, error } = voiceSchema.parse(await response.json());
      if (status === "ready") {
        return;
      }
      if (status === "failed" || Date.now() > deadline) {
        throw new Error(`The voice is ${status}: ${error?.message ?? "no reason given"}`);
      }
      await delay(POLL_INTERVAL_MS);
    }
  }

  async speak(body: object): Promise<Uint8Array> {
    const response = await this.#speak("/api/v1/synthesis/speak", body);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** @returns the audio, and when its first chunk came. */
  async speakStream(body: object): Promise<{ readonly audio: Uint8Array; readonly firstChunkAtMs: number }> {
    const response = await this.#speak("/api/v1/synthesis/speak/stream", body);
    const chunks: Uint8Array[] = [];
    let firstChunkAtMs = 0;
    for await (const chunk of response.body ?? []) {
      firstChunkAtMs ||= performance.now();
      chunks.push(chunk);
    }
    return { audio: Buffer.concat(chunks), firstChunkAtMs };
  }

  /** @returns the id of a batch that is being spoken. */
  async createBatch(body: object): Promise<string> {
    const response = await this.#speak("/api/v1/synthesis/batch", body);
    return createdSchema.parse(await response.json()).id;
  }

  #speak(path: string, body: object): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return this.#send(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${this.#token}`);
    const response = await fetch(`${this.#baseUrl}${path}`, { ...init, headers });
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    }
    return response;
  }
}

function wavFile(bytes: Uint8Array, name: string): File {
  return new File([new Uint8Array(bytes)], name, { type: "audio/wav" });
}
