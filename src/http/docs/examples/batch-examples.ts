import { type OperationExamples, pageOf } from "./operation-example.ts";

const counts = { total: 2, pending: 0, running: 0, succeeded: 2, failed: 0, canceled: 0 };

const batch = {
  id: "batch_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  status: "completed",
  mode: "standard",
  counts,
  source: null,
  run: 1,
  createdAt: "2026-11-22T09:00:00.000Z",
  startedAt: "2026-11-22T09:00:01.000Z",
  finishedAt: "2026-11-22T09:00:04.000Z",
  output: {
    captions: ["srt"],
    archive: true,
    concatenate: false,
    folder: "9914430d-bd10-44bd-a221-37203146595f/batch_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
    archiveUrl: "/api/v1/synthesis/batch/batch_01J9ZQ3M8K6T4R2W0V5XNBHC7D/archive",
  },
  notify: null,
  error: null,
  etag: "0800c1",
};

const started = {
  ...batch,
  status: "pending",
  counts: { ...counts, pending: 2, succeeded: 0 },
  startedAt: null,
  finishedAt: null,
  output: { ...batch.output, archiveUrl: null },
};

const item = {
  id: "greeting",
  status: "succeeded",
  attempts: 1,
  durationMs: 1_176,
  characters: 13,
  audioUrl: "https://voice.blob.core.windows.net/results/…/greeting.mp3?sig=…",
  error: null,
};

export const batchExamples: OperationExamples = {
  createBatch: {
    request: {
      items: [{ id: "greeting", text: "Good morning." }, { text: "Good night." }],
      defaults: { voice: "en-US-AvaMultilingualNeural", format: "mp3" },
      output: { captions: ["srt"] },
    },
    responses: { 202: started },
  },
  listBatches: { responses: { 200: pageOf(batch) } },
  getBatch: { responses: { 200: batch } },
  listBatchItems: { responses: { 200: pageOf(item) } },
  cancelBatch: { responses: { 202: { ...started, status: "canceling" } } },
  retryBatch: { responses: { 202: { ...started, run: 2 } } },
  deleteBatch: { responses: { 202: { ...batch, status: "deleting" } } },
};
