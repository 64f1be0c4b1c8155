import type { ApiClient } from "./api-client.ts";
import { until } from "./until.ts";

export const BATCH_VOICE = "en-US-AvaMultilingualNeural";

export interface BatchView {
  readonly id: string;
  readonly status: string;
  readonly mode: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly error: { readonly code: string } | null;
  readonly output: { readonly folder: string; readonly archiveUrl: string | null };
}

export interface ItemView {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly durationMs: number | null;
  readonly audioUrl: string | null;
  readonly error: { readonly code: string } | null;
}

/** Short texts, each its own, with the voice of the stand-in. */
export function manyItems(count: number): { id: string; text: string }[] {
  return Array.from({ length: count }, (_, index) => ({ id: `line-${index}`, text: `Line ${index}.` }));
}

export async function sendBatch(api: ApiClient, body: object): Promise<BatchView> {
  const response = await api.postJson("/api/v1/synthesis/batch", {
    defaults: { voice: BATCH_VOICE },
    ...body,
  });
  return (await response.json()) as BatchView;
}

export async function readBatch(api: ApiClient, id: string): Promise<BatchView> {
  return (await (await api.get(`/api/v1/synthesis/batch/${id}`)).json()) as BatchView;
}

const AT_WORK = ["pending", "running", "canceling"];

export function endedBatch(api: ApiClient, id: string, deadlineMs?: number): Promise<BatchView> {
  return until(
    () => readBatch(api, id),
    ({ status }) => !AT_WORK.includes(status),
    deadlineMs,
  );
}

/** All items, page by page. */
export async function allItems(api: ApiClient, id: string): Promise<readonly ItemView[]> {
  const items: ItemView[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${cursor}`;
    const answer = await api.get(`/api/v1/synthesis/batch/${id}/items?limit=100${query}`);
    if (!answer.ok) {
      throw new Error(`The items cannot be read: ${await answer.text()}`);
    }
    const { items: found, nextCursor } = (await answer.json()) as {
      items: ItemView[];
      nextCursor: string | null;
    };
    items.push(...found);
    cursor = nextCursor;
  } while (cursor !== null);
  return items;
}
