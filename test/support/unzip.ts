import { inflateRawSync } from "node:zlib";

/** @returns the files of an archive as Latin-1 text, by the sizes in its central directory. */
export function unzip(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  let offset = bytes.readUInt32LE(bytes.length - 6);
  while (bytes.readUInt32LE(offset) === 0x02014b50) {
    const [method, sizeBytes] = [bytes.readUInt16LE(offset + 10), bytes.readUInt32LE(offset + 20)];
    const [nameBytes, extraBytes] = [bytes.readUInt16LE(offset + 28), bytes.readUInt16LE(offset + 30)];
    const local = bytes.readUInt32LE(offset + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + sizeBytes);
    const name = bytes.toString("utf8", offset + 46, offset + 46 + nameBytes);
    files[name] = (method === 0 ? data : inflateRawSync(data)).toString("latin1");
    offset += 46 + nameBytes + extraBytes + bytes.readUInt16LE(offset + 32);
  }
  return files;
}
