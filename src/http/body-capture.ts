const TEXT_MEDIA_TYPE = /^(?:application\/(?:problem\+)?json|application\/ssml\+xml|text\/plain)\b/i;

const MAX_CAPTURED_BYTES = 16 * 1024;

/** A copy of a small text body for the log, made of the chunks that somebody else reads. */
export class BodyCapture {
  readonly #isText: boolean;
  readonly #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor({ headers }: Request | Response) {
    this.#isText = TEXT_MEDIA_TYPE.test(headers.get("content-type") ?? "");
  }

  /** Whether more chunks can make a difference. */
  get isOpen(): boolean {
    return this.#isText && this.#sizeBytes <= MAX_CAPTURED_BYTES;
  }

  add(chunk: Uint8Array): void {
    if (this.isOpen) {
      this.#sizeBytes += chunk.byteLength;
      this.#chunks.push(chunk);
    }
  }

  /** What has been read; undefined for audio, forms, nothing and anything large. */
  get text(): string | undefined {
    return this.isOpen && this.#sizeBytes > 0 ? Buffer.concat(this.#chunks).toString("utf8") : undefined;
  }
}

/** A copy of an answer's small text body, of which no more is read than is kept; undefined where it breaks. */
export async function capturedText(answer: Response): Promise<string | undefined> {
  const capture = new BodyCapture(answer);
  const copy = capture.isOpen ? answer.clone().body : null;
  if (copy === null) {
    return undefined;
  }
  const reader = copy.getReader();
  const isWhole = await fill(capture, reader);
  // Resolves when the client has read the other copy, too.
  reader.cancel().catch(() => undefined);
  return isWhole ? capture.text : undefined;
}

async function fill(capture: BodyCapture, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<boolean> {
  try {
    while (capture.isOpen) {
      const { value } = await reader.read();
      if (value === undefined) {
        return true;
      }
      capture.add(value);
    }
    return false;
  } catch {
    return false;
  }
}
