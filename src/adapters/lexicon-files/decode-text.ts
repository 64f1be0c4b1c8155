import { TextDecoder } from "node:util";
import { fileFault } from "./file-fault.ts";

/** What the first bytes of a file say about its encoding. */
const SNIFFED_BYTES = 256;
const XML_ENCODING = /^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/**
 * Decodes a file while it comes in: by its byte order mark, the zero bytes of UTF-16, or an XML declaration; else UTF-8.
 *
 * @throws {@link ServiceError} `lexicon-file-invalid` for bytes that the encoding does not allow.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let pending = new Uint8Array();
  let line = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    decoder ??= decoderFor(pending);
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw fileFault(`The file is not valid ${decoder.encoding.toUpperCase()}.`, { line }, cause);
    }
  };
  for await (const chunk of bytes) {
    if (decoder === undefined) {
      pending = Buffer.concat([pending, chunk]);
      if (pending.length < SNIFFED_BYTES) {
        continue;
      }
    }
    const text = decode(decoder === undefined ? pending : chunk);
    line += countLines(text);
    yield text;
  }
  if (decoder === undefined) {
    yield decode(pending);
  }
  yield decode(undefined);
}

export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    count += 1;
  }
  return count;
}

function decoderFor(start: Uint8Array): TextDecoder {
  const encoding = encodingOf(start);
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw fileFault(`The encoding ${encoding} is not known.`, { line: 1 }, cause);
  }
}

/** A byte order mark is left to the decoder, which drops it. */
function encodingOf(start: Uint8Array): string {
  const [first, second] = start;
  if (first === 0xff || second === 0) {
    return "utf-16le";
  }
  if (first === 0xfe || first === 0) {
    return "utf-16be";
  }
  const declared = XML_ENCODING.exec(Buffer.from(start.subarray(0, SNIFFED_BYTES)).toString("latin1"))?.[1];
  return declared ?? "utf-8";
}
