import { concatBytes } from "../../domain/speech/audio/audio-joiner.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";

/** More than this is written while it comes. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Writes audio of any length into a blob without keeping more than a few megabytes of it. */
export class AudioSpool {
  readonly #blobs: BlobStore;
  readonly #ref: BlobRef;
  readonly #contentType: string;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #upload:
    | { readonly writer: WritableStreamDefaultWriter<Uint8Array>; readonly done: Promise<unknown> }
    | undefined;

  constructor(blobs: BlobStore, ref: BlobRef, contentType: string) {
    this.#blobs = blobs;
    this.#ref = ref;
    this.#contentType = contentType;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Waits when the store is slower than the speech. */
  async add(bytes: Uint8Array): Promise<void> {
    this.#sizeBytes += bytes.length;
    if (this.#upload === undefined && this.#sizeBytes <= MAX_BUFFERED_BYTES) {
      this.#chunks.push(bytes);
      return;
    }
    this.#upload ??= this.#begin();
    for (const chunk of [...this.#chunks.splice(0), bytes]) {
      await this.#upload.writer.write(chunk);
    }
  }

  async finish(): Promise<void> {
    if (this.#upload !== undefined) {
      await this.#upload.writer.close();
      await this.#upload.done;
      return;
    }
    await this.#blobs.write(this.#ref, concatBytes(this.#chunks), { contentType: this.#contentType });
  }

  /** Leaves no blob behind. */
  async abort(reason: unknown): Promise<void> {
    this.#chunks = [];
    await this.#upload?.writer.abort(reason).catch(() => undefined);
  }

  #begin() {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const done = this.#blobs.write(this.#ref, readable, { contentType: this.#contentType });
    done.catch((error: unknown) => void writer.abort(error).catch(() => undefined));
    return { writer, done };
  }
}
