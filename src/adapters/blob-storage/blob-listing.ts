import type { BlobItem } from "@azure/storage-blob";
import type { BlobProperties } from "../../application/ports/blobs.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

const CURSOR_PREFIX = "blob:";

/** Azure's marker as an opaque cursor. */
export function cursorOf(marker: string): string {
  return Buffer.from(CURSOR_PREFIX + marker).toString("base64url");
}

/** @throws {@link ServiceError} `cursor-invalid`. */
export function markerOf(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  if (!text.startsWith(CURSOR_PREFIX)) {
    throw new ServiceError("cursor-invalid", "The cursor does not belong to a list of blobs.");
  }
  return text.slice(CURSOR_PREFIX.length);
}

export function listedProperties({ name, properties, metadata }: BlobItem): BlobProperties {
  return propertiesOf(name, {
    contentLength: properties.contentLength,
    contentType: properties.contentType,
    etag: properties.etag,
    lastModified: properties.lastModified,
    metadata,
  });
}

export interface RawProperties {
  readonly contentLength?: number | undefined;
  readonly contentType?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: Date | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** Lists give ETags without quotes, reads with them. */
export function propertiesOf(name: string, raw: RawProperties): BlobProperties {
  return {
    name,
    sizeBytes: raw.contentLength ?? 0,
    contentType: raw.contentType ?? "application/octet-stream",
    etag: etagOf(raw.etag),
    lastModified: raw.lastModified ?? new Date(0),
    metadata: lowerCaseKeys(raw.metadata ?? {}),
  };
}

export function etagOf(etag: string | undefined): string {
  return (etag ?? "").replaceAll('"', "");
}

export function lowerCaseKeys(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
}
