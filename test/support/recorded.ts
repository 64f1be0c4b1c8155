import { setTimeout as delay } from "node:timers/promises";

interface RecordEntry {
  readonly name: string;
  readonly value: unknown;
}

/** Waits until the sample app `background` has recorded something so often, and returns what. */
export async function recorded(url: string, name: string, count: number): Promise<readonly unknown[]> {
  for (;;) {
    const entries = (await (await fetch(`${url}/api/record`)).json()) as readonly RecordEntry[];
    const values = entries.filter((entry) => entry.name === name).map(({ value }) => value);
    if (values.length >= count) {
      return values;
    }
    await delay(20);
  }
}
