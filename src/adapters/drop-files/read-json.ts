import { z } from "zod";
import type { DroppedFile, DroppedItem } from "../../application/ports/drop-file-reader.ts";
import { dropFileFault } from "./drop-file-fault.ts";

const record = z.record(z.string(), z.unknown());
const wholeFile = z.union([
  z.array(record),
  z.strictObject({
    items: z.array(record),
    defaults: record.optional(),
    output: record.optional(),
    notify: record.optional(),
    mode: z.string().optional(),
  }),
]);

/** A list of items, or the body of `POST /api/v1/synthesis/batch`. @throws {@link ServiceError} `drop-file-invalid`. */
export function readJson(text: string): DroppedFile {
  const file = wholeFile.safeParse(parsed(text, 1));
  if (!file.success) {
    throw dropFileFault(1, "the file must hold a list of items, or an object with items");
  }
  const { items, ...settings } = Array.isArray(file.data) ? { items: file.data } : file.data;
  return { items: items.map((fields) => ({ fields })), settings };
}

/** An item per line. @throws {@link ServiceError} `drop-file-invalid`. */
export function readJsonLines(text: string): readonly DroppedItem[] {
  return text.split(/\r\n|\r|\n/).flatMap((row, index) => {
    const line = index + 1;
    if (row.trim() === "") {
      return [];
    }
    const fields = record.safeParse(parsed(row, line));
    if (!fields.success) {
      throw dropFileFault(line, 'every line must be an object such as {"text":"..."}');
    }
    return [{ line, fields: fields.data }];
  });
}

function parsed(text: string, line: number): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw dropFileFault(line, "this is not well-formed JSON", cause);
  }
}
