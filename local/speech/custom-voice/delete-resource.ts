import { ownerOf } from "./collections.ts";
import type { Collections } from "./collections.ts";
import type { CustomVoiceContext } from "./context.ts";

/** Deletes a resource with its pending work, recordings and measured voice. Call it inside a transaction. */
export function deleteResource(context: CustomVoiceContext, kind: keyof Collections, id: string): void {
  const { store, collections, work } = context;
  work.cancel(ownerOf(kind, id));
  store.dropRecordings(ownerOf(kind, id));
  if (kind === "trainingsets") {
    collections.trainingdata.delete(id);
  }
  collections.speakers.delete(ownerOf(kind, id));
  collections[kind].delete(id);
}
