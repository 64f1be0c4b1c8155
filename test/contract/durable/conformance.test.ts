import { afterAll, beforeAll } from "vitest";
import { DurableHost } from "../../support/durable-host.ts";
import { sampleApp } from "../../support/host-app.ts";
import { describeClient } from "./conformance/client.ts";
import { describeManagementApi } from "./conformance/management-api.ts";
import { describeOrchestrations } from "./conformance/orchestrations.ts";

let host: DurableHost;

/** `CONFORMANCE_URL_DURABLE` names a host that runs the sample app, where the setting `HUB_NAME` names the task hub. */
beforeAll(async () => {
  const settings = { HUB_NAME: "ConformanceHub" };
  host = new DurableHost(await sampleApp("durable", { settings, durable: { failsOnSequenceDrift: true } }));
});

afterAll(() => host.close());

describeOrchestrations(() => host);
describeClient(() => host);
describeManagementApi(() => host);
