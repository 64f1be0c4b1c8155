import { app, type InvocationContext } from "@azure/functions";
import { input } from "durable-functions";
import { z } from "zod";
import type { StartImport } from "../application/drop-folder/start-import.ts";
import inputFactories from "./input-factories.cjs";
import type { InvocationScope } from "./invocation-scope.ts";

export interface DropFolder {
  readonly startImport: StartImport;
  /** Flex Consumption knows Event Grid only; a container that is looked through needs no set-up. */
  readonly source: "EventGrid" | "LogsAndContainerScan";
}

/** Connection string, or prefix of the settings of a managed identity. */
const CONNECTION = "AzureWebJobsStorage";

const metadataSchema = z.object({ name: z.string() });

/** What the host names as the source of a reference to a blob. */
const BLOB_REFERENCES = "AzureStorageBlobs";

/**
 * Registers the Function that is told about files in the drop folder. The host sends a reference in place of the content
 * (`sdkBinding`), so that a file of any size costs neither process memory; it is made into nothing, since the name suffices.
 */
export function registerDropFolder({ startImport, source }: DropFolder, within: InvocationScope): void {
  inputFactories.registerResourceFactory(BLOB_REFERENCES, () => undefined);
  app.storageBlob("receiveDroppedFile", {
    path: "drop/{name}",
    connection: CONNECTION,
    source,
    sdkBinding: true,
    extraInputs: [input.durableClient()],
    handler: (_reference, context: InvocationContext) =>
      within(context, () => startImport(metadataSchema.parse(context.triggerMetadata).name)),
  });
}
