/** What a request and its answers look like. */
export interface OperationExample {
  /** JSON body. */
  readonly request?: unknown;
  /** Status → JSON body. */
  readonly responses?: Readonly<Record<number, unknown>>;
}

const EXAMPLES: Readonly<Record<string, OperationExample>> = {
  speak: {
    request: { text: "Good morning.", voice: "en-US-AvaMultilingualNeural", format: "mp3" },
  },
  speakStream: {
    request: { text: "Good morning.", voice: "en-US-AvaMultilingualNeural", format: "mp3" },
  },
  getHealth: { responses: { 200: { status: "ok", version: "0.1.0" } } },
};

export function exampleFor(operationId: string): OperationExample {
  return EXAMPLES[operationId] ?? {};
}
