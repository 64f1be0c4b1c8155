import type { IncomingMessage, ServerResponse } from "node:http";
import type { AzuriteServer } from "./azurite-server.ts";
import { journalOf, type LokiJournal } from "./loki-journal.ts";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Holds back the answer to every write until what Azurite knows is in its files, for which it would wait up to five
 * seconds. Call it before the server starts.
 */
export function saveBeforeAnswer({ httpServer, metadataStore, extentMetadataStore }: AzuriteServer): void {
  // A blob names the extents with its content: they must be known when it is.
  const journals = [journalOf(extentMetadataStore.db), journalOf(metadataStore.db)];
  httpServer.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!READING.has(request.method ?? "")) {
      writeBeforeEnd(response, journals);
    }
  });
}

function writeBeforeEnd(response: ServerResponse, journals: readonly LokiJournal[]): void {
  const end = response.end.bind(response);
  response.end = (...parameters: readonly unknown[]): ServerResponse => {
    try {
      for (const journal of journals) {
        journal.write();
      }
    } catch (error) {
      return response.destroy(error instanceof Error ? error : new Error("The save failed."));
    }
    return Reflect.apply(end, response, parameters);
  };
}
