import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createControl } from "../../local/faults/control.ts";
import type { StandInControl } from "../../local/faults/control.ts";
import { VirtualClock } from "../../local/host/clock.ts";
import { createCustomVoice } from "../../local/speech/custom-voice/custom-voice.ts";
import type { CustomVoice, CustomVoiceOptions } from "../../local/speech/custom-voice/custom-voice.ts";
import type { Speaker } from "../../local/speech/speech-state.ts";
import { startStandIn } from "../../local/stand-in/server.ts";
import { wavRecording } from "./wav-recording.ts";

const KEY = "test-key";
const VERSION = "api-version=2026-01-01";

export const measuredSpeaker: Speaker = {
  medianPitchHz: 150,
  pitchSpreadSemitones: 2,
  pitchBaseHz: 120,
  pitchTopHz: 180,
  formantScale: 1,
  bandGainsDb: [0, 0, 0, 0, 0, 0],
};

export interface ResourceAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A running custom voice stand-in with a clock of its own. */
export class SpeechResource {
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 22));
  readonly control: StandInControl = createControl(() => this.clock.now());
  readonly #options: Partial<CustomVoiceOptions>;
  #directory = "";
  #customVoice: CustomVoice | undefined;
  #server: Awaited<ReturnType<typeof startStandIn>> | undefined;

  constructor(options: Partial<CustomVoiceOptions> = {}) {
    this.#options = options;
  }

  get customVoice(): CustomVoice {
    return required(this.#customVoice);
  }

  get url(): string {
    return required(this.#server).url;
  }

  /** @param template a stopped resource whose state to begin with. */
  async start(template?: SpeechResource): Promise<void> {
    this.#directory ||= await mkdtemp(join(tmpdir(), "custom-voice-"));
    if (template !== undefined) {
      await cp(template.#directory, this.#directory, { recursive: true });
    }
    this.#customVoice = createCustomVoice({
      dataDirectory: this.#directory,
      credentials: { key: KEY },
      control: this.control,
      clock: this.clock,
      enroll: () => Promise.resolve(measuredSpeaker),
      limitsRate: false,
      ...this.#options,
    });
    this.#server = await startStandIn({ port: 0, handlers: [this.#customVoice.handler] });
  }

  /** Ends it as a crash would: what is pending stays pending. */
  async stop(): Promise<void> {
    await this.#server?.close();
    await this.#customVoice?.close();
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Lets all work end that takes less than `durationMs`. */
  async advance(durationMs = 60_000): Promise<void> {
    this.clock.advance(durationMs);
    await this.customVoice.settled();
  }

  async call(method: string, path: string, init: RequestInit = {}): Promise<ResourceAnswer> {
    const separator = path.includes("?") ? "&" : "?";
    const headers = new Headers(init.headers);
    headers.set("ocp-apim-subscription-key", headers.get("ocp-apim-subscription-key") ?? KEY);
    const url = `${this.url}/customvoice${path}${separator}${VERSION}`;
    const answer = await fetch(url, { ...init, method, headers });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  send(method: string, path: string, body: object): Promise<ResourceAnswer> {
    const headers = { "content-type": "application/json" };
    return this.call(method, path, { body: JSON.stringify(body), headers });
  }

  upload(
    path: string,
    fields: Record<string, string>,
    ...files: Uint8Array<ArrayBuffer>[]
  ): Promise<ResourceAnswer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.set(name, value);
    }
    for (const file of files) {
      form.append("audiodata", new Blob([file]), "audio.wav");
    }
    return this.call("POST", path, { body: form });
  }

  /** A project with a succeeded consent `consent-1`. */
  async prepare(kind: "PersonalVoice" | "ProfessionalVoice"): Promise<void> {
    await this.send("PUT", "/projects/project-1", { kind });
    await this.upload("/consents/consent-1", consentFields, wavRecording({ seconds: 4 }));
    await this.advance();
  }
}

export const consentFields = {
  projectId: "project-1",
  voiceTalentName: "Speaker One",
  companyName: "Company",
  locale: "en-US",
};

/** The fields of a form, all but one. */
export function without(fields: Readonly<Record<string, unknown>>, name: string): Record<string, string> {
  const rest = Object.entries(fields).filter(([key]) => key !== name);
  return Object.fromEntries(rest.map(([key, value]) => [key, String(value)]));
}

function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("The stand-in is not running.");
  }
  return value;
}
