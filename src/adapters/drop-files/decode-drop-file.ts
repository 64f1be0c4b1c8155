import { dropFileFault } from "./drop-file-fault.ts";

/** @throws {@link ServiceError} `drop-file-invalid` for bytes that the encoding does not allow. */
export function decodeDropFile(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw dropFileFault(1, `the file is not valid ${encoding.toUpperCase()}`, cause);
  }
}

/** By the byte order mark, or the zero bytes that UTF-16 has in front of or behind plain letters. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return "utf-16le";
  }
  return (first === 0xfe && second === 0xff) || first === 0 ? "utf-16be" : "utf-8";
}
