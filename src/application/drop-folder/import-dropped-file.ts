import { permissionsOf } from "../../domain/access/permissions.ts";
import type { Principal } from "../../domain/access/principal.ts";
import { resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { CreateBatch, NewBatch } from "../batches/create-batch.ts";
import type { DropActivities } from "../ports/batch-activities.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { DroppedFile, DropFileReader } from "../ports/drop-file-reader.ts";
import { type DroppedName, droppedName } from "./dropped-name.ts";
import { mergedSettings, readSettings } from "./drop-settings.ts";
import { rejectFile, withLines } from "./reject-file.ts";
import type { DroppedVersion } from "./start-import.ts";

export interface ImportDroppedFilePorts {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly reader: DropFileReader;
  /** Checks what a file asks for. @throws {@link ServiceError} `request-invalid` with paths such as `items[3].text`. */
  readonly parseBatch: (value: unknown) => NewBatch;
  readonly createBatch: CreateBatch;
  readonly tenantId: string;
}

/** A batch of 10,000 items of 3,000 characters fits. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/**
 * Makes a batch of a dropped file, or rejects it with the reason; either way the file is moved, and a version that came in
 * meanwhile stays. It may run twice: the id of the batch comes from the version.
 */
export function makeImportDroppedFile(ports: ImportDroppedFilePorts): DropActivities["importDroppedFile"] {
  return async (version) => {
    const file: BlobRef = { container: "drop", name: version.name };
    const properties = await ports.blobs.properties(file);
    if (properties?.etag !== version.etag) {
      return { outcome: "gone" };
    }
    try {
      if (!(await importFile(ports, version, properties.sizeBytes))) {
        return { outcome: "gone" };
      }
      await ports.blobs.delete(file, version.etag);
      return { outcome: "imported" };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.retryable) {
        throw error;
      }
      return { outcome: (await rejectFile(ports, version, error)) ? "rejected" : "gone" };
    }
  };
}

/** @returns false when the file has been moved or replaced meanwhile: then nothing of it is used. */
async function importFile(
  ports: ImportDroppedFilePorts,
  version: DroppedVersion,
  sizeBytes: number,
): Promise<boolean> {
  const name = droppedName(version.name);
  if (sizeBytes > MAX_FILE_BYTES) {
    const message = `The file has ${sizeBytes} bytes; at most ${MAX_FILE_BYTES} are taken. Split it.`;
    throw new ServiceError("drop-file-invalid", message, { details: { sizeBytes, limit: MAX_FILE_BYTES } });
  }
  const found = await ports.blobs.read({ container: "drop", name: version.name });
  if (found?.properties.etag !== version.etag) {
    await found?.body.cancel();
    return false;
  }
  const bytes = new Uint8Array(await new Response(found.body).arrayBuffer());
  const batch = await batchOf(ports, name, bytes);
  const id = `batch_${version.key.toUpperCase()}`;
  await ports.createBatch(ownerOf(name, ports.tenantId), { ...batch, id, source: name.path });
  const processed: BlobRef = { container: "processed", name: `${name.ownerId}/${id}/${name.path}` };
  await ports.blobs.write(processed, bytes, { contentType: found.properties.contentType });
  return true;
}

async function batchOf(
  ports: ImportDroppedFilePorts,
  name: DroppedName,
  bytes: Uint8Array,
): Promise<NewBatch> {
  const file = ports.reader.read(name.type, bytes);
  const isTimed = file.items.some(({ startMs }) => startMs !== undefined);
  const settings = mergedSettings(await readSettings(ports.blobs, name), file.settings, isTimed);
  const batch = parsedBatch(ports, file, settings);
  if (isTimed) {
    assertJoinable(batch);
  }
  const items = batch.items.map((item, index) => {
    const startMs = file.items[index]?.startMs;
    return startMs === undefined ? item : { ...item, startMs };
  });
  return { ...batch, items };
}

function parsedBatch(
  { parseBatch }: ImportDroppedFilePorts,
  { items }: DroppedFile,
  settings: Readonly<Record<string, unknown>>,
): NewBatch {
  try {
    return parseBatch({ ...settings, items: items.map(({ fields }) => fields) });
  } catch (error) {
    throw error instanceof ServiceError ? withLines(error, items) : error;
  }
}

/** Silence between cues can be written as samples only. */
function assertJoinable({ items }: NewBatch): void {
  const layout = resolveAudioFormat(items[0]?.request.format ?? {}).layout;
  if (layout !== "wav" && layout !== "samples") {
    const message = "Subtitles are joined on their times, which needs the format wav or pcm.";
    throw new ServiceError("drop-file-invalid", message);
  }
}

/** Whoever may write into the folder of a person speaks with the rights of a plain user. */
function ownerOf({ ownerId }: DroppedName, tenantId: string): Principal {
  return {
    id: ownerId,
    kind: "user",
    tenantId,
    roles: ["Voice.User"],
    permissions: permissionsOf(["Voice.User"]),
  };
}
