import type { StandInControl } from "../faults/control.ts";
import { startStandIn } from "../stand-in/server.ts";
import type { RunningStandIn } from "../stand-in/server.ts";
import type { Speak } from "../stand-in/speak.ts";
import { AudioTranscripts } from "./audio-transcripts.ts";
import type { Deployments } from "./deployments.ts";
import { openAiHandler } from "./openai-handler.ts";

export interface StartOpenAiOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly key: string;
  readonly control: StandInControl;
  readonly speak: Speak;
  /** Default: none is known. */
  readonly transcripts?: AudioTranscripts;
  /** Default: {@link DEFAULT_DEPLOYMENTS}. */
  readonly deployments?: Deployments;
  /** Hears of bugs of the stand-in. */
  readonly onError?: (error: unknown) => void;
}

export function startOpenAi(options: StartOpenAiOptions): Promise<RunningStandIn> {
  const { port, key, onError, transcripts = new AudioTranscripts(), ...rest } = options;
  const handler = openAiHandler({ ...rest, credentials: { key }, transcripts });
  return startStandIn({ port, handlers: [handler], ...(onError && { onError }) });
}
