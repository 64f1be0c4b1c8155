import { type FieldError, ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { DroppedItem } from "../ports/drop-file-reader.ts";
import type { DroppedVersion } from "./start-import.ts";

const ITEM_FIELD = /^items\[(\d+)\]\.?(.*)$/;

/** Errors of a file that is wrong from top to bottom say the same again and again. */
const MAX_ERRORS = 100;

/** The same failure; whatever is wrong with an item is told by the line of the item. */
export function withLines(error: ServiceError, items: readonly DroppedItem[]): ServiceError {
  const errors = error.errors.map(({ field, message }): FieldError => {
    const [, index, name] = ITEM_FIELD.exec(field) ?? [];
    const line = items[Number(index)]?.line;
    return line === undefined
      ? { field, message }
      : { field: `line ${line}`, message: `${name} ${message}`.trim() };
  });
  return new ServiceError("drop-file-invalid", "Some lines of the file cannot be spoken.", { errors });
}

/** Moves the file to `rejected/`, with what is wrong and where beside it. */
export async function rejectFile(
  { blobs, clock }: { readonly blobs: BlobStore; readonly clock: Clock },
  { name, etag }: DroppedVersion,
  error: ServiceError,
): Promise<void> {
  await blobs.copy({ container: "drop", name }, { container: "rejected", name });
  const report = {
    file: name,
    rejectedAt: clock.now().toISOString(),
    code: error.code,
    message: error.message,
    line: error.details["line"] ?? null,
    errors: error.errors.slice(0, MAX_ERRORS),
    recovery: error.recovery,
  };
  await blobs.write(
    { container: "rejected", name: `${name}.error.json` },
    new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`),
    { contentType: "application/json" },
  );
  await blobs.delete({ container: "drop", name }, etag);
}
