import { ServerResponse } from "node:http";

type Sent = (error?: Error | null) => void;

/** A response that can be told to break: to lose the answer, or to end the connection after so many bytes of body. */
export class CuttableResponse extends ServerResponse {
  #remainingBytes = Number.POSITIVE_INFINITY;

  /** Passes this many bytes of body, then destroys the connection. */
  cutAfter(bodyBytes: number): void {
    this.#remainingBytes = bodyBytes;
  }

  /** Drops the whole answer, status line included, and destroys the connection at its first byte. */
  loseAnswer(): void {
    this.#remainingBytes = -1;
  }

  override write(chunk: string | Uint8Array, callback?: Sent): boolean;
  override write(chunk: string | Uint8Array, encoding: BufferEncoding, callback?: Sent): boolean;
  override write(chunk: string | Uint8Array, second?: BufferEncoding | Sent, third?: Sent): boolean {
    if (this.#remainingBytes === Number.POSITIVE_INFINITY) {
      return typeof second === "string" ? super.write(chunk, second, third) : super.write(chunk, second);
    }
    return this.#writeUntilCut(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }

  override end(callback?: () => void): this;
  override end(chunk: string | Uint8Array, callback?: () => void): this;
  override end(chunk: string | Uint8Array, encoding: BufferEncoding, callback?: () => void): this;
  override end(
    first?: string | Uint8Array | (() => void),
    second?: BufferEncoding | (() => void),
    third?: () => void,
  ): this {
    if (this.#remainingBytes !== Number.POSITIVE_INFINITY) {
      this.#writeUntilCut(typeof first === "string" ? Buffer.from(first) : chunkOf(first));
      return this.destroyed ? this : super.end();
    }
    if (typeof first === "function" || first === undefined) {
      return super.end(first);
    }
    return typeof second === "string" ? super.end(first, second, third) : super.end(first, second);
  }

  #writeUntilCut(chunk: Uint8Array): boolean {
    if (this.#remainingBytes < 0) {
      this.destroy();
      return false;
    }
    const passed = chunk.subarray(0, this.#remainingBytes);
    this.#remainingBytes -= passed.length;
    if (passed.length === chunk.length && this.#remainingBytes > 0) {
      return passed.length === 0 || super.write(passed);
    }
    this.flushHeaders();
    super.write(passed, () => this.destroy());
    return false;
  }
}

function chunkOf(first: Uint8Array | (() => void) | undefined): Uint8Array {
  return first instanceof Uint8Array ? first : new Uint8Array(0);
}
