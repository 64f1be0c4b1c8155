import { type FieldError, ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { DroppedItem } from "../ports/drop-file-reader.ts";
import type { Hasher } from "../ports/hasher.ts";
import { ownerFolderOf, suffixedName } from "./dropped-name.ts";
import type { DroppedVersion } from "./start-import.ts";

export interface RejectFilePorts {
  readonly blobs: BlobStore;
  readonly clock: Clock;
}

const ITEM_FIELD = /^items\[(\d+)\]\.?(.*)$/;

/** Errors of a file that is wrong from top to bottom say the same again and again. */
const MAX_ERRORS = 100;

/** Characters of a version's key; they tell versions of one name apart. */
const SUFFIX_LENGTH = 8;

/** The same failure; whatever is wrong with an item is told by the line of the item, where it has one. */
export function withLines(error: ServiceError, items: readonly DroppedItem[]): ServiceError {
  const errors = error.errors.map(({ field, message }): FieldError => {
    const [, index, name] = ITEM_FIELD.exec(field) ?? [];
    const line = items[Number(index)]?.line;
    return line === undefined
      ? { field, message }
      : { field: `line ${line}`, message: `${name} ${message}`.trim() };
  });
  return new ServiceError("drop-file-invalid", "Some items of the file cannot be spoken.", { errors });
}

/**
 * Moves a version to `rejected/`, under a name of its own, with what is wrong and where beside it.
 *
 * @returns false when the file has been moved or replaced meanwhile: then nothing is rejected.
 */
export async function rejectFile(
  ports: RejectFilePorts,
  { name, etag, key }: DroppedVersion,
  error: ServiceError,
): Promise<boolean> {
  const file: BlobRef = { container: "drop", name };
  const target: BlobRef = {
    container: "rejected",
    name: suffixedName(name, key.slice(0, SUFFIX_LENGTH)),
  };
  if (!(await ports.blobs.copy(file, target, etag))) {
    return false;
  }
  await ports.blobs.write(
    { container: "rejected", name: `${target.name}.error.json` },
    reportOf(ports, name, error),
    {
      contentType: "application/json",
    },
  );
  await ports.blobs.delete(file, etag);
  return true;
}

/** Says once in `rejected/` why a file stays in `drop/`: its name does not lead to it, or not to its copy. */
export async function reportUnusableName(
  ports: RejectFilePorts & { readonly hasher: Hasher },
  name: string,
): Promise<void> {
  const message =
    "The file stays in drop/: its name holds a backslash, a control character or an empty part, or is too long.";
  const error = new ServiceError("drop-file-invalid", message, {
    recovery: ["Delete the file, then drop it under another name."],
  });
  const suffix = ports.hasher.sha256Hex(name).slice(0, SUFFIX_LENGTH);
  await ports.blobs.write(
    { container: "rejected", name: `${ownerFolderOf(name)}/unusable-name.${suffix}.error.json` },
    reportOf(ports, name, error),
    { contentType: "application/json", onlyIfAbsent: true },
  );
}

function reportOf({ clock }: RejectFilePorts, name: string, error: ServiceError): Uint8Array {
  const report = {
    file: name,
    rejectedAt: clock.now().toISOString(),
    code: error.code,
    message: error.message,
    line: error.details["line"] ?? null,
    errors: error.errors.slice(0, MAX_ERRORS),
    recovery: error.recovery,
  };
  return new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`);
}
