/** Counts the bytes that are copied between buffers while the work runs: `set`, `slice`, `copy` and `concat`. */
export async function copiedBytes(work: () => Promise<void>): Promise<number> {
  const restored: (() => void)[] = [];
  let copied = 0;
  const count = (
    owner: object,
    name: string,
    bytesOf: (result: unknown, source: unknown) => number,
  ): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== "function") {
      throw new Error(`There is no ${name} to count.`);
    }
    const counting = function (this: unknown, ...parameters: readonly unknown[]): unknown {
      const result: unknown = Reflect.apply(original, this, parameters);
      copied += bytesOf(result, parameters[0]);
      return result;
    };
    const own = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value: counting, configurable: true, writable: true });
    restored.push(() => {
      if (own === undefined) {
        Reflect.deleteProperty(owner, name);
      } else {
        Object.defineProperty(owner, name, own);
      }
    });
  };
  count(Uint8Array.prototype, "set", (_result, source) => lengthOf(source));
  count(Uint8Array.prototype, "slice", lengthOf);
  count(Buffer.prototype, "copy", Number);
  count(Buffer, "concat", lengthOf);
  try {
    await work();
  } finally {
    for (const restore of restored) {
      restore();
    }
  }
  return copied;
}

function lengthOf(bytes: unknown): number {
  return bytes instanceof Uint8Array ? bytes.length : 0;
}
