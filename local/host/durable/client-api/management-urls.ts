/** Stands for the id in the URLs of the client binding: the SDK replaces it. */
const ID_PLACEHOLDER = "INSTANCEID";
/** The host checks no keys; URLs carry one because those of Azure do. */
const SYSTEM_KEY = "local";

export const WEBHOOK_PATH = "/runtime/webhooks/durabletask";

/** Where clients of the public API find one orchestration. */
export interface ManagementUrls extends Readonly<Record<string, string>> {
  readonly id: string;
  readonly statusQueryGetUri: string;
}

export interface HubAddress {
  readonly hubName: string;
  /** For example http://localhost:7071, without a slash at its end. */
  readonly publicBaseUrl: string;
  /** Where the SDK reaches the same API; ends with a slash. */
  readonly rpcBaseUrl: string;
}

export function managementUrls(hub: HubAddress, instanceId: string): ManagementUrls {
  return urlsFor(hub, encodeURIComponent(instanceId), instanceId);
}

/** What a `durableClient` binding carries, as JSON text. The SDK fills in what stands in brackets and braces. */
export function clientBindingText(hub: HubAddress): string {
  const base = `${hub.publicBaseUrl}${WEBHOOK_PATH}`;
  const create = `${base}/orchestrators/{functionName}[/{instanceId}]`;
  const key = `code=${SYSTEM_KEY}`;
  return JSON.stringify({
    taskHubName: hub.hubName,
    creationUrls: {
      createNewInstancePostUri: `${create}?${key}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${key}`,
    },
    managementUrls: urlsFor(hub, ID_PLACEHOLDER, ID_PLACEHOLDER),
    baseUrl: base,
    requiredQueryStringParameters: key,
    rpcBaseUrl: hub.rpcBaseUrl,
  });
}

function urlsFor(hub: HubAddress, pathId: string, id: string): ManagementUrls {
  const instance = `${hub.publicBaseUrl}${WEBHOOK_PATH}/instances/${pathId}`;
  const query = `taskHub=${hub.hubName}&connection=Storage&code=${SYSTEM_KEY}`;
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}
