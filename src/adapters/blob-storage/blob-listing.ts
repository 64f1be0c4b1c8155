import type { BlobItem } from "@azure/storage-blob";
import type { BlobContainer, BlobProperties } from "../../application/ports/blobs.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

export interface BlobList {
  readonly container: BlobContainer;
  readonly prefix: string;
}

/** The storage's marker as opaque text that only the same list accepts. */
export function cursorOf({ container, prefix }: BlobList, marker: string): string {
  return Buffer.from(JSON.stringify([container, prefix, marker])).toString("base64url");
}

/** @throws {@link ServiceError} `cursor-invalid`. */
export function markerOf({ container, prefix }: BlobList, cursor: string): string {
  const [ofContainer, ofPrefix, marker] = parts(cursor);
  if (ofContainer !== container || ofPrefix !== prefix || typeof marker !== "string") {
    throw new ServiceError("cursor-invalid", "The cursor was not made by this list.");
  }
  return marker;
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

function parts(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
