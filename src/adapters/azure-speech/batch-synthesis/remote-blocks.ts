import { unavailable } from "../speech-error.ts";

/** One request fetches so much; small files that lie side by side come with one. */
const BLOCK_BYTES = 2 * 1024 * 1024;
const BLOCKS_KEPT = 8;
const BLOCK_TIMEOUT_MS = 60_000;

/** A remote file that is read anywhere, block by block; at most 16 MB of it are in memory. */
export class RemoteBlocks {
  readonly sizeBytes: number;
  readonly #url: string;
  /** The one used last is the last. */
  readonly #blocks: Map<number, Promise<Uint8Array>>;

  private constructor(url: string, first: { readonly bytes: Uint8Array; readonly sizeBytes: number }) {
    this.#url = url;
    this.sizeBytes = first.sizeBytes;
    this.#blocks = new Map([[0, Promise.resolve(first.bytes)]]);
  }

  /**
   * @param url grants reading by itself.
   * @throws {@link ServiceError} `speech-unavailable`.
   */
  static async open(url: string): Promise<RemoteBlocks> {
    return new RemoteBlocks(url, await fetchBlock(url, 0));
  }

  /** @param end exclusive. @throws {@link ServiceError} `speech-unavailable`. */
  async *range(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    for (let at = start; at < end;) {
      const index = Math.floor(at / BLOCK_BYTES);
      const offset = at - index * BLOCK_BYTES;
      const block = await this.#block(index);
      const piece = block.subarray(offset, Math.min(block.length, offset + end - at));
      if (piece.length === 0) {
        throw unavailable("The results of a batch synthesis end too early.");
      }
      yield piece;
      at += piece.length;
    }
  }

  #block(index: number): Promise<Uint8Array> {
    const known = this.#blocks.get(index);
    const block = known ?? fetchBlock(this.#url, index).then(({ bytes }) => bytes);
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > BLOCKS_KEPT && oldest !== undefined) {
      this.#blocks.delete(oldest);
    }
    block.catch(() => this.#blocks.delete(index));
    return block;
  }
}

async function fetchBlock(
  url: string,
  index: number,
): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }> {
  const start = index * BLOCK_BYTES;
  try {
    const response = await fetch(url, {
      headers: { range: `bytes=${start}-${start + BLOCK_BYTES - 1}` },
      signal: AbortSignal.timeout(BLOCK_TIMEOUT_MS),
    });
    const sizeBytes = Number(response.headers.get("content-range")?.split("/")[1]);
    if (response.status !== 206 || !Number.isInteger(sizeBytes)) {
      await response.body?.cancel();
      throw unavailable(`The results of a batch synthesis answer ${response.status} to a range.`);
    }
    return { bytes: new Uint8Array(await response.arrayBuffer()), sizeBytes };
  } catch (cause) {
    throw unavailable("The results of a batch synthesis cannot be read.", { cause });
  }
}
