import { createControl } from "../faults/control.ts";
import type { StandInControl } from "../faults/control.ts";
import type { StandInHandler } from "../stand-in/exchange.ts";
import { startStandIn } from "../stand-in/server.ts";
import { SpeechEngine } from "./engine/speech-engine.ts";
import { issueToken } from "./rest/issue-token.ts";
import { listVoices } from "./rest/list-voices.ts";
import type { SpeechRoute } from "./rest/speech-route.ts";
import { synthesizeSpeech } from "./rest/synthesize-speech.ts";
import { speechHandler } from "./speech-handler.ts";
import type { SpeechState } from "./speech-state.ts";
import { SpeechTokens } from "./tokens.ts";
import { speechUpgrade } from "./websocket/speech-upgrade.ts";

export interface SpeechOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Looked at for every request, so that it may be rotated. */
  readonly key: string;
  readonly state: SpeechState;
  /** Further parts of the Speech resource, asked first: custom voice, batch synthesis, control. */
  readonly handlers?: readonly StandInHandler[];
  readonly control?: StandInControl;
  /** Shared with others that speak; it stays open when the stand-in closes. Default: one of its own. */
  readonly engine?: SpeechEngine;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Hears of failures that are bugs of the stand-in. Default: nobody does. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningSpeech {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const ignore = (): void => {};

/** Starts the Speech resource: synthesis over REST and websocket, voices list, tokens, and what `handlers` add. */
export async function startSpeech(options: SpeechOptions): Promise<RunningSpeech> {
  const { port, state, handlers = [], control = createControl(options.now) } = options;
  const onError = options.onError ?? ignore;
  const engine = options.engine ?? new SpeechEngine();
  const tokens = new SpeechTokens(options.now ?? Date.now);
  const credentials = {
    get key() {
      return options.key;
    },
    acceptsToken: (token: string) => tokens.accepts(token),
  };
  const routes: readonly SpeechRoute[] = [
    {
      method: "POST",
      operation: "synthesizeSpeech",
      path: /^(?:\/tts|\/voice)?\/cognitiveservices\/v1\/?$/,
      answer: synthesizeSpeech({ engine, state }),
    },
    {
      method: "GET",
      operation: "listVoices",
      path: /^(?:\/tts)?\/cognitiveservices\/voices\/list\/?$/,
      answer: listVoices,
    },
    {
      method: "POST",
      operation: "issueToken",
      path: /^\/sts\/v1\.0\/issueToken\/?$/i,
      answer: issueToken(tokens),
    },
  ];
  const upgrade = speechUpgrade({ engine, state, credentials, control, onError });
  const server = await startStandIn({
    port,
    handlers: [...handlers, speechHandler({ routes, upgrade, credentials, control })],
    onError,
  });
  engine.start();
  return {
    url: server.url,
    port: server.port,
    async close() {
      await server.close();
      if (options.engine === undefined) {
        await engine.close();
      }
    },
  };
}
