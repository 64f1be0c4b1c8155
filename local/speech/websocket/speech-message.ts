/** A message of the client: headers with names in lower case, and a text body. */
export interface ClientMessage {
  readonly path: string;
  readonly requestId: string;
  readonly body: string;
}

const END_OF_HEADERS = "\r\n\r\n";

/** @returns undefined when the message has no `Path` or no `X-RequestId`. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  const end = text.indexOf(END_OF_HEADERS);
  if (end === -1) {
    return undefined;
  }
  const headers = new Map(
    text
      .slice(0, end)
      .split("\r\n")
      .map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
  const path = headers.get("path")?.toLowerCase();
  const requestId = headers.get("x-requestid");
  if (path === undefined || requestId === undefined) {
    return undefined;
  }
  return { path, requestId, body: text.slice(end + END_OF_HEADERS.length) };
}

/** A text message of the service. */
export function serverMessage(path: string, requestId: string, body: object): string {
  return [
    `X-RequestId:${requestId}`,
    "Content-Type:application/json; charset=utf-8",
    `Path:${path}`,
    "",
    JSON.stringify(body),
  ].join("\r\n");
}

/** A binary message of the service: the length of the headers in two bytes, the headers, audio. */
export function audioMessage(requestId: string, streamId: string, audio: Uint8Array): Uint8Array {
  const headers = Buffer.from(
    `X-RequestId:${requestId}\r\nContent-Type:audio/x-wav\r\nX-StreamId:${streamId}\r\nPath:audio\r\n`,
    "latin1",
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(headers.length);
  return Buffer.concat([length, headers, audio]);
}
