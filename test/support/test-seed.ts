const DEFAULT_SEED = 1;

/**
 * Of the property tests and of the order of the unit tests: `TEST_SEED`, default 1, so that a run can be repeated.
 *
 * @throws Error when `TEST_SEED` is no integer.
 */
export function readTestSeed(): number {
  const text = process.env["TEST_SEED"];
  const seed = text === undefined ? DEFAULT_SEED : Number(text);
  if (text?.trim() === "" || !Number.isSafeInteger(seed)) {
    throw new Error(`TEST_SEED is "${text}". Set it to an integer, or leave it out.`);
  }
  return seed;
}
