import { HostError } from "../host-error.ts";
import type { ProgrammingModel } from "./protocol.ts";

/** What Azure's Node worker offers before the library adds its own. */
const WORKER_CAPABILITIES: Readonly<Record<string, string>> = {
  HandlesWorkerTerminateMessage: "true",
  IgnoreEmptyValuedRpcHttpHeaders: "true",
  RawHttpBodyBytes: "true",
  RpcHttpBodyOnly: "true",
  RpcHttpTriggerMetadataRemoved: "true",
  TypedDataCollection: "true",
  UseNullableValueDictionaryForHttp: "true",
  WorkerStatus: "true",
};

/**
 * Ends the setup of the library, which starts its own server when the app streams.
 *
 * @returns the URL of that server, or `undefined` when the app does not stream.
 * @throws {@link HostError} `app-invalid`
 */
export async function lockLibrary(model: ProgrammingModel): Promise<URL | undefined> {
  const capabilities = (await model.getCapabilities?.({ ...WORKER_CAPABILITIES })) ?? {};
  const httpUri = capabilities["HttpUri"];
  if (httpUri === undefined) {
    return undefined;
  }
  if (!URL.canParse(httpUri)) {
    throw new HostError("app-invalid", `The library announces the server "${httpUri}", which is no URL.`);
  }
  return new URL(httpUri);
}
