/** @throws Error with what the API says when it refuses. */
export async function jsonOf<T>(answer: Response): Promise<T> {
  if (!answer.ok) {
    throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as T;
}
