import { describe, expect, it } from "vitest";
import {
  audioMessage,
  parseClientMessage,
  serverMessage,
} from "../../../../../local/speech/websocket/speech-message.ts";
import { parseSynthesisContext } from "../../../../../local/speech/websocket/synthesis-context.ts";

describe("messages of the websocket", () => {
  it("are read whatever the case and spacing of their headers", () => {
    expect(parseClientMessage("PATH:ssml\r\nx-requestid: ABC \r\n\r\n<a>\r\n\r\n</a>")).toEqual({
      path: "ssml",
      requestId: "ABC",
      body: "<a>\r\n\r\n</a>",
    });
  });

  it.each(["", "Path: ssml", "Path: ssml\r\n\r\nbody", "X-RequestId: A\r\n\r\nbody"])(
    "without path or request id are none: %j",
    (text) => {
      expect(parseClientMessage(text)).toBeUndefined();
    },
  );

  it("of the service have headers, a blank line and JSON", () => {
    expect(serverMessage("turn.end", "ABC", {})).toBe(
      "X-RequestId:ABC\r\nContent-Type:application/json; charset=utf-8\r\nPath:turn.end\r\n\r\n{}",
    );
  });

  it("with audio begin with the length of their headers in two bytes, big-endian", () => {
    const bytes = Buffer.from(audioMessage("ABC", "S1", Uint8Array.of(1, 2, 3)));

    const headerSizeBytes = bytes.readUInt16BE(0);
    expect(bytes.toString("latin1", 2, 2 + headerSizeBytes)).toBe(
      "X-RequestId:ABC\r\nContent-Type:audio/x-wav\r\nX-StreamId:S1\r\nPath:audio\r\n",
    );
    expect([...bytes.subarray(2 + headerSizeBytes)]).toEqual([1, 2, 3]);
  });
});

describe("synthesis.context", () => {
  it("takes flags as booleans and as text", () => {
    const metadataOptions = {
      wordBoundaryEnabled: "true",
      visemeEnabled: true,
      sentenceBoundaryEnabled: "false",
    };
    const body = JSON.stringify({ synthesis: { audio: { metadataOptions, outputFormat: "x" } } });

    expect(parseSynthesisContext(body)?.metadataOptions).toMatchObject({
      wordBoundaryEnabled: true,
      visemeEnabled: true,
      sentenceBoundaryEnabled: false,
      bookmarkEnabled: false,
    });
  });

  it.each(["", "[]", "{}", '{"synthesis":{"audio":{"outputFormat":5}}}'])("is not %j", (body) => {
    expect(parseSynthesisContext(body)).toBeUndefined();
  });
});
