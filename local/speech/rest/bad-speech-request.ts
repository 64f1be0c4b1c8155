import type { ServerResponse } from "node:http";

const MAX_REASON_CHARACTERS = 250;

/** A synthesis request that is refused; the service tells the cause in the reason phrase, over an empty body. */
export class BadSpeechRequest extends Error {
  override readonly name = "BadSpeechRequest";
  readonly status: 400 | 415 | 429;

  constructor(status: BadSpeechRequest["status"], message: string) {
    super(message);
    this.status = status;
  }
}

export function sendBadSpeechRequest(response: ServerResponse, { status, message }: BadSpeechRequest): void {
  const reason = message.replaceAll(/[^\u0020-\u007E]/g, "?").slice(0, MAX_REASON_CHARACTERS);
  response.writeHead(status, reason, { "content-length": 0 });
  response.end();
}
