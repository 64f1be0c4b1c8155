import type { ApiClient } from "./api-client.ts";
import { jsonOf } from "./json-of.ts";
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

/** @throws Error with what the API says when it refuses. */
export async function sendBatch(api: ApiClient, body: object): Promise<BatchView> {
  const response = await api.postJson("/api/v1/synthesis/batch", {
    defaults: { voice: BATCH_VOICE },
    ...body,
  });
  return jsonOf(response);
}

/** @throws Error with what the API says when it does not answer the batch. */
export async function readBatch(api: ApiClient, id: string): Promise<BatchView> {
  return jsonOf(await api.get(`/api/v1/synthesis/batch/${id}`));
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
    const page = await jsonOf<{ items: ItemView[]; nextCursor: string | null }>(answer);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
