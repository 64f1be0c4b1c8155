import type { OrchestrationHandler } from "durable-functions";
import { zipArchiver } from "../adapters/archive/zip-archiver.ts";
import { textDropFiles } from "../adapters/drop-files/text-drop-files.ts";
import { makeAzureBatchActivities } from "../application/azure-batches/azure-batch-activities.ts";
import type { AzureBatchActivities } from "../application/ports/azure-batch-activities.ts";
import { makeBatchActivities } from "../application/batches/batch-activities.ts";
import { BATCHES } from "../application/batches/batch-ref.ts";
import { BatchWatches } from "../application/batches/batch-watches.ts";
import {
  type ChangeBatchPorts,
  makeCancelBatch,
  makeDeleteBatch,
  makeRetryBatch,
} from "../application/batches/change-batch.ts";
import { type CreateBatch, makeCreateBatch } from "../application/batches/create-batch.ts";
import { type ListBatchItemsPorts, makeListBatchItems } from "../application/batches/list-batch-items.ts";
import {
  type OpenBatchArchivePorts,
  makeOpenBatchArchive,
} from "../application/batches/open-batch-archive.ts";
import { type ExpireBatchesPorts, makeExpireBatches } from "../application/batches/expire-batches.ts";
import { PageSlices } from "../application/batches/page-slices.ts";
import { LiveCounts } from "../application/batches/live-counts.ts";
import { PageStates } from "../application/batches/page-states.ts";
import { makeResumeBatches } from "../application/batches/resume-batches.ts";
import { makeGetBatch, makeListBatches, type ReadBatchPorts } from "../application/batches/read-batches.ts";
import type {
  BatchActivities,
  DropActivities,
  WebhookActivities,
} from "../application/ports/batch-activities.ts";
import { makeImportDroppedFile } from "../application/drop-folder/import-dropped-file.ts";
import { makeStartImport, type StartImportPorts } from "../application/drop-folder/start-import.ts";
import { makeSweepDropFolder } from "../application/drop-folder/sweep-drop-folder.ts";
import type { Batch } from "../domain/batch/batch.ts";
import type { TimedJob } from "../functions/register-timers.ts";
import type { DropFolder } from "../functions/register-drop-folder.ts";
import { parseBatch } from "../http/batches/batch-body.ts";
import { cancelBatchRoute, deleteBatchRoute, retryBatchRoute } from "../http/batches/change-batch.ts";
import { createBatchRoute } from "../http/batches/create-batch.ts";
import {
  getBatchArchiveRoute,
  getBatchRoute,
  listBatchesRoute,
  listBatchItemsRoute,
} from "../http/batches/read-batches.ts";
import type { Route } from "../http/route.ts";
import { deleteBatchOrchestration } from "../orchestrations/delete-batch.ts";
import { runBatchLaneOrchestration, runBatchOrchestration } from "../orchestrations/run-batch.ts";
import { runAzureBatchOrchestration, runAzureChunkOrchestration } from "../orchestrations/run-azure-batch.ts";
import { importDropOrchestration } from "../orchestrations/import-drop.ts";
import { batchSynthesisOf } from "./batch-synthesis.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";
import { batchGate } from "./speech-gate.ts";
import type { SynthesisPart } from "./synthesis.ts";
import { composeWebhooks } from "./webhooks.ts";

/** A batch that was stopped is noticed within a third of a second. */
const WATCH_INTERVAL_MS = 300;

/** Every five minutes. */
const RESUME_SCHEDULE = "0 */5 * * * *";

/** Four times an hour, beside the other jobs of the hour. */
const EXPIRY_SCHEDULE = "0 8,23,38,53 * * * *";

/** Every five minutes, beside those that run on the minute. */
const SWEEP_SCHEDULE = "30 */5 * * * *";

export interface BatchesPart {
  readonly routes: readonly Route[];
  readonly activities: BatchActivities & AzureBatchActivities & DropActivities & WebhookActivities;
  readonly orchestrations: Readonly<Record<string, OrchestrationHandler>>;
  readonly dropFolder: DropFolder;
  readonly timers: readonly TimedJob[];
}

export function composeBatches(
  foundation: Foundation,
  access: SpeechAccess,
  { openSpeak, prepare, keeper }: Pick<SynthesisPart, "openSpeak" | "prepare" | "keeper">,
): BatchesPart {
  const { config } = foundation;
  const webhooks = composeWebhooks(foundation);
  const batches = foundation.audited<Batch>(BATCHES);
  const ports = {
    ...foundation,
    ...pageParts(foundation),
    notifyBatchEnded: webhooks.notifyBatchEnded,
    assertWebhookTarget: webhooks.assertWebhookTarget,
    batches,
    openSpeak,
    prepare,
    keeper,
    batchSynthesis: batchSynthesisOf(foundation, access),
    archiver: zipArchiver,
    batchConcurrency: config.BATCH_CONCURRENCY,
    watches: new BatchWatches(batches, WATCH_INTERVAL_MS),
    reader: textDropFiles,
    parseBatch,
    tenantId: config.AZURE_TENANT_ID,
  };
  const createBatch = makeCreateBatch(ports);
  const activities = makeBatchActivities(ports);
  return {
    routes: [...batchRoutes(ports, createBatch), ...webhooks.routes],
    activities: {
      ...activities,
      ...makeAzureBatchActivities({ ...ports, beginBatch: (input) => activities.beginBatch(input) }),
      ...webhooks.activities,
      importDroppedFile: makeImportDroppedFile({ ...ports, createBatch }),
    },
    orchestrations: {
      runBatchOrchestration,
      runBatchLaneOrchestration,
      runAzureBatchOrchestration,
      runAzureChunkOrchestration,
      deleteBatchOrchestration,
      importDropOrchestration,
      ...webhooks.orchestrations,
    },
    timers: batchTimers({ ...ports, retentionDays: config.BATCH_RETENTION_DAYS }),
    dropFolder: { startImport: makeStartImport(ports), source: config.DROP_TRIGGER_SOURCE },
  };
}

/** What pages share on one instance. */
function pageParts(foundation: Foundation) {
  const pageStates = new PageStates(foundation.blobs);
  return {
    pageStates,
    liveCounts: new LiveCounts(pageStates, foundation.clock),
    pageSlices: new PageSlices(() => performance.now()),
    gate: batchGate(foundation),
  };
}

function batchRoutes(
  ports: ReadBatchPorts & ListBatchItemsPorts & ChangeBatchPorts & OpenBatchArchivePorts,
  createBatch: CreateBatch,
): readonly Route[] {
  return [
    createBatchRoute(createBatch),
    listBatchesRoute(makeListBatches(ports)),
    getBatchRoute(makeGetBatch(ports)),
    listBatchItemsRoute(makeListBatchItems(ports)),
    cancelBatchRoute(makeCancelBatch(ports)),
    retryBatchRoute(makeRetryBatch(ports)),
    getBatchArchiveRoute(makeOpenBatchArchive(ports)),
    deleteBatchRoute(makeDeleteBatch(ports)),
  ];
}

function batchTimers(ports: ExpireBatchesPorts & StartImportPorts): readonly TimedJob[] {
  return [
    { name: "resumeBatches", schedule: RESUME_SCHEDULE, run: makeResumeBatches(ports) },
    { name: "expireBatches", schedule: EXPIRY_SCHEDULE, run: makeExpireBatches(ports) },
    { name: "sweepDropFolder", schedule: SWEEP_SCHEDULE, run: makeSweepDropFolder(ports) },
  ];
}
