import { randomUUID } from "node:crypto";
import type { StandInControl } from "../../faults/control.ts";
import { findOutputFormat } from "../audio/output-format.ts";
import { EngineBusyError } from "../engine/speech-engine.ts";
import type { SpeechEngine } from "../engine/speech-engine.ts";
import type { SynthesisOutput, SynthesisTask } from "../engine/synthesis-task.ts";
import { compileSpeech } from "../plan/compile-speech.ts";
import type { SpeechState } from "../speech-state.ts";
import { SsmlError } from "../ssml/ssml-error.ts";
import { admitTurn } from "./admit-turn.ts";
import { metadataOf, sessionEnd } from "./metadata.ts";
import type { MetadataItem } from "./metadata.ts";
import { audioMessage, serverMessage } from "./speech-message.ts";
import type { SynthesisContext } from "./synthesis-context.ts";
import { TurnRefusal } from "./turn-refusal.ts";

const MAX_SSML_BYTES = 64 * 1024;

/** What the turns of a connection share. */
export interface TurnSurroundings {
  readonly engine: SpeechEngine;
  readonly state: SpeechState;
  readonly control: StandInControl;
  readonly deploymentId: string | undefined;
  /** Resolves when the client has taken the message, as far as the socket can tell. */
  readonly send: (message: string | Uint8Array) => Promise<void>;
}

export interface TurnRequest {
  readonly requestId: string;
  readonly context: SynthesisContext;
  readonly ssml: string;
}

/** One synthesis on a connection. */
export class SpeechTurn {
  readonly #surroundings: TurnSurroundings;
  readonly #request: TurnRequest;
  readonly #streamId = hexId();
  /** Bytes of audio after which the connection is to break. */
  #remainingBytes = Number.POSITIVE_INFINITY;

  constructor(surroundings: TurnSurroundings, request: TurnRequest) {
    this.#surroundings = surroundings;
    this.#request = request;
  }

  /** @throws {@link TurnRefusal} when the connection is to be closed. */
  async run(signal: AbortSignal): Promise<void> {
    const { engine, control } = this.#surroundings;
    const { task, voiceName } = this.#prepare();
    const admission = await admitTurn(control, voiceName, signal);
    if (!admission.isAnswered) {
      return;
    }
    this.#remainingBytes = admission.cutAfterBytes;
    await this.#sendStart();
    try {
      for await (const output of engine.synthesize(task, signal)) {
        await this.#sendOutput(output);
      }
    } catch (error) {
      throw error instanceof EngineBusyError ? new TurnRefusal(4429) : error;
    }
    await this.#send("turn.end", {});
  }

  #prepare(): { readonly task: SynthesisTask; readonly voiceName: string } {
    const { context, ssml } = this.#request;
    const format = findOutputFormat(context.outputFormat);
    if (format === undefined) {
      throw new TurnRefusal(1007, `Unsupported output format ${context.outputFormat}.`);
    }
    if (Buffer.byteLength(ssml) > MAX_SSML_BYTES) {
      throw new TurnRefusal(1007, `The SSML is larger than ${MAX_SSML_BYTES} bytes.`);
    }
    try {
      const { plan, voiceName } = compileSpeech(ssml, this.#surroundings);
      return { task: { plan, format }, voiceName };
    } catch (error) {
      throw error instanceof SsmlError ? new TurnRefusal(1007, error.message) : error;
    }
  }

  async #sendStart(): Promise<void> {
    const context = { serviceTag: hexId() };
    await this.#send("turn.start", { context });
    await this.#send("response", { context, audio: { type: "inline", streamId: this.#streamId } });
  }

  async #sendOutput(output: SynthesisOutput): Promise<void> {
    const { metadataOptions } = this.#request.context;
    if (output.kind === "audio") {
      await this.#sendAudio(output.bytes);
    } else if (output.kind !== "end") {
      await this.#sendMetadata(metadataOf(output, metadataOptions));
    } else if (metadataOptions.sessionEndEnabled) {
      await this.#sendMetadata(sessionEnd(output.durationMs));
    }
  }

  async #sendAudio(bytes: Uint8Array): Promise<void> {
    const passed = bytes.subarray(0, this.#remainingBytes);
    this.#remainingBytes -= passed.length;
    await this.#surroundings.send(audioMessage(this.#request.requestId, this.#streamId, passed));
    if (this.#remainingBytes <= 0) {
      throw new TurnRefusal(1006);
    }
  }

  async #sendMetadata(item: MetadataItem | undefined): Promise<void> {
    if (item !== undefined) {
      await this.#send("audio.metadata", { Metadata: [item] });
    }
  }

  async #send(path: string, body: object): Promise<void> {
    await this.#surroundings.send(serverMessage(path, this.#request.requestId, body));
  }
}

function hexId(): string {
  return randomUUID().replaceAll("-", "").toUpperCase();
}
