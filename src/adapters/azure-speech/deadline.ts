/**
 * Waits for a promise no longer than `limitMs`.
 *
 * @param expired makes the error to throw when the time is up, and ends whatever was waited for.
 */
export async function withDeadline<T>(
  promise: Promise<T>,
  limitMs: number,
  expired: () => Error,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(expired()), limitMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
