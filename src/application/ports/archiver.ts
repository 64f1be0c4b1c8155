export interface ArchivedFile {
  /** Path inside the archive. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
  readonly body: ReadableStream<Uint8Array>;
}

export interface Archiver {
  /** @returns a zip that is made while it is read: the next file is asked for when the one before has gone out. */
  zip(files: AsyncIterable<ArchivedFile>): ReadableStream<Uint8Array>;
}
