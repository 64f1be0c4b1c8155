import type { BatchItemStatus } from "./batch-item.ts";

/** How many items are in which state. */
export type BatchCounts = Readonly<Record<"total" | BatchItemStatus, number>>;

export function countsOf(items: readonly { readonly status: BatchItemStatus }[]): BatchCounts {
  const counts = { ...allPending(items.length), pending: 0 };
  for (const { status } of items) {
    counts[status] += 1;
  }
  return counts;
}

export function allPending(total: number): BatchCounts {
  return { total, pending: total, running: 0, succeeded: 0, failed: 0, canceled: 0 };
}

/** Items of pages that nobody has looked at yet are pending. */
export function sumCounts(pages: readonly BatchCounts[], total: number): BatchCounts {
  const sum = (name: BatchItemStatus): number => pages.reduce((all, page) => all + page[name], 0);
  const known = { running: sum("running"), succeeded: sum("succeeded"), failed: sum("failed") };
  const canceled = sum("canceled");
  const pending = total - known.running - known.succeeded - known.failed - canceled;
  return { total, pending, ...known, canceled };
}

/** Of a job that was stopped: whatever has not ended never will. */
export function stoppedCounts(counts: BatchCounts): BatchCounts {
  const canceled = counts.canceled + counts.pending + counts.running;
  return { ...counts, pending: 0, running: 0, canceled };
}
