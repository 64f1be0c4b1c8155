import type { IncomingMessage, ServerResponse } from "node:http";

import type { AzuriteServer, LokiDatabase } from "./azurite-server.ts";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Holds back the answer to every write until what Azurite knows is in its files. By itself Azurite writes them every
 * five seconds, and a killed process loses what came after. Writes that wait at the same time share one save.
 */
export function saveBeforeAnswer({ httpServer, metadataStore, extentMetadataStore }: AzuriteServer): void {
  httpServer.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!READING.has(request.method ?? "")) {
      holdBack(response, [extentMetadataStore.db, metadataStore.db]);
    }
  });
}

function holdBack(response: ServerResponse, databases: readonly LokiDatabase[]): void {
  const end = response.end.bind(response);
  response.end = (...parameters: readonly unknown[]): ServerResponse => {
    void Promise.all(databases.map(saved)).then(
      () => Reflect.apply(end, response, parameters),
      (error: unknown) => response.destroy(error instanceof Error ? error : new Error("The save failed.")),
    );
    return response;
  };
}

async function saved(database: LokiDatabase): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    database.saveDatabase((error) => (error instanceof Error ? reject(error) : resolve()));
  });
}
