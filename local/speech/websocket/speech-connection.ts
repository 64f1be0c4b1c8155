import { WebSocket } from "ws";
import type { RawData } from "ws";
import { parseClientMessage } from "./speech-message.ts";
import type { ClientMessage } from "./speech-message.ts";
import { SpeechTurn } from "./speech-turn.ts";
import type { TurnSurroundings } from "./speech-turn.ts";
import { isJsonObject, parseSynthesisContext } from "./synthesis-context.ts";
import type { SynthesisContext } from "./synthesis-context.ts";
import { TurnRefusal } from "./turn-refusal.ts";

const REQUEST_ID = /^[0-9A-Fa-f]{32}$/;
/** Of a close frame's reason, by RFC 6455. */
const MAX_REASON_BYTES = 123;

type ConnectionState =
  | { readonly kind: "new" }
  | { readonly kind: "configured" }
  | { readonly kind: "ready"; readonly requestId: string; readonly context: SynthesisContext }
  | { readonly kind: "speaking"; readonly turn: AbortController };

interface ConnectionParts extends Omit<TurnSurroundings, "send"> {
  readonly onError: (error: unknown) => void;
}

/** A client of the websocket protocol: `speech.config` once, then `synthesis.context` and `ssml` for every turn. */
export class SpeechConnection {
  readonly #socket: WebSocket;
  readonly #parts: ConnectionParts;
  #state: ConnectionState = { kind: "new" };

  constructor(socket: WebSocket, parts: ConnectionParts) {
    this.#socket = socket;
    this.#parts = parts;
  }

  listen(): void {
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on("error", () => this.#socket.terminate());
    this.#socket.on("close", () => this.#abort());
  }

  #receive(data: RawData, isBinary: boolean): void {
    try {
      const message = isBinary ? undefined : parseClientMessage(textOf(data));
      if (message === undefined || !REQUEST_ID.test(message.requestId)) {
        throw new TurnRefusal(1007, "A message needs the headers Path and X-RequestId of 32 hex digits.");
      }
      this.#handle(message);
    } catch (error) {
      this.#close(error);
    }
  }

  #handle(message: ClientMessage): void {
    switch (message.path) {
      case "speech.config":
        this.#configure(message);
        break;
      case "synthesis.context":
        this.#prepare(message);
        break;
      case "ssml":
        this.#speak(message);
        break;
      case "synthesis.control":
        this.#abort();
        break;
      case "telemetry":
        break;
      default:
        throw new TurnRefusal(1007, `Messages with the path ${message.path} are not supported.`);
    }
  }

  #configure({ body }: ClientMessage): void {
    if (this.#state.kind !== "new" || !isJsonObject(body)) {
      throw new TurnRefusal(1007, "speech.config is sent once, first, and in JSON.");
    }
    this.#state = { kind: "configured" };
  }

  #prepare({ requestId, body }: ClientMessage): void {
    if (this.#state.kind === "new" || this.#state.kind === "speaking") {
      throw new TurnRefusal(1007, "synthesis.context comes after speech.config and between two turns.");
    }
    const context = parseSynthesisContext(body);
    if (context === undefined) {
      throw new TurnRefusal(1007, "synthesis.context is no JSON with an output format.");
    }
    if (context.isTextStream) {
      throw new TurnRefusal(1007, "Text streaming (input of synthesis.context) is not supported here.");
    }
    this.#state = { kind: "ready", requestId, context };
  }

  #speak({ requestId, body }: ClientMessage): void {
    if (this.#state.kind !== "ready" || this.#state.requestId !== requestId) {
      throw new TurnRefusal(1007, "ssml comes after the synthesis.context with the same X-RequestId.");
    }
    const { context } = this.#state;
    const turn = new AbortController();
    this.#state = { kind: "speaking", turn };
    const surroundings = { ...this.#parts, send: (data: string | Uint8Array) => this.#send(data) };
    void this.#run(new SpeechTurn(surroundings, { requestId, context, ssml: body }), turn.signal);
  }

  async #run(turn: SpeechTurn, signal: AbortSignal): Promise<void> {
    try {
      await turn.run(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#close(error);
        return;
      }
    }
    this.#state = { kind: "configured" };
  }

  #abort(): void {
    if (this.#state.kind === "speaking") {
      this.#state.turn.abort();
    }
  }

  async #send(message: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.send(message, (error) => (error instanceof Error ? reject(error) : resolve()));
    });
  }

  #close(error: unknown): void {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const refusal = error instanceof TurnRefusal ? error : new TurnRefusal(1011);
    if (refusal !== error) {
      this.#parts.onError(error);
    }
    if (refusal.code === 1006) {
      this.#socket.terminate();
    } else {
      this.#socket.close(refusal.code, reasonOf(refusal.message));
    }
  }
}

function textOf(data: RawData): string {
  return new TextDecoder().decode(Array.isArray(data) ? Buffer.concat(data) : data);
}

/** As much of the text as a close frame holds, without half a character. */
function reasonOf(message: string): string {
  const { read } = new TextEncoder().encodeInto(message, new Uint8Array(MAX_REASON_BYTES));
  return message.slice(0, read);
}
