import { app } from "@azure/functions";
import inputFactories from "../../../../src/functions/input-factories.cjs";
import { record } from "./record.ts";

app.storageBlob("onDrop", {
  path: "drop/{owner}/{name}.{ext}",
  connection: "AzureWebJobsStorage",
  source: "EventGrid",
  handler: (blob: unknown, context) => {
    const text = Buffer.isBuffer(blob) ? blob.toString("utf8") : typeof blob;
    record.push({ name: "onDrop", value: { text, metadata: context.triggerMetadata } });
  },
});

app.storageBlob("onFailing", {
  path: "failing/{name}",
  connection: "AzureWebJobsStorage",
  handler: (_blob, context) => {
    record.push({ name: "onFailing", value: context.triggerMetadata?.["name"] });
    throw new Error("This function fails on every blob.");
  },
});

app.storageBlob("onSlow", {
  path: "slow/{name}",
  connection: "AzureWebJobsStorage",
  handler: async (_blob, context) => {
    record.push({ name: "onSlow", value: context.triggerMetadata?.["name"] });
    await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  },
});

inputFactories.registerResourceFactory("AzureStorageBlobs", (data: unknown) => data);

app.storageBlob("onReference", {
  path: "references/{name}",
  connection: "AzureWebJobsStorage",
  sdkBinding: true,
  handler: (reference: unknown) => {
    record.push({ name: "onReference", value: reference });
  },
});
