import { app, type InvocationContext } from "@azure/functions";
import { input } from "durable-functions";
import { z } from "zod";
import type { StartImport } from "../application/drop-folder/start-import.ts";
import type { InvocationScope } from "./invocation-scope.ts";

export interface DropFolder {
  readonly startImport: StartImport;
  /** Flex Consumption knows Event Grid only; a container that is looked through needs no set-up. */
  readonly source: "EventGrid" | "LogsAndContainerScan";
}

/** Connection string, or prefix of the settings of a managed identity. */
const CONNECTION = "AzureWebJobsStorage";

const metadataSchema = z.object({ name: z.string() });

/** Registers the Function that is told about files in the drop folder. */
export function registerDropFolder({ startImport, source }: DropFolder, within: InvocationScope): void {
  app.storageBlob("receiveDroppedFile", {
    path: "drop/{name}",
    connection: CONNECTION,
    source,
    extraInputs: [input.durableClient()],
    handler: (_content, context: InvocationContext) =>
      within(context, () => startImport(metadataSchema.parse(context.triggerMetadata).name)),
  });
}
