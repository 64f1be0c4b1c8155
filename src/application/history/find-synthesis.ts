import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { findForAdmin } from "../documents/find-for-admin.ts";
import type { Versioned } from "../ports/documents.ts";
import type { SynthesisCollection, SynthesisRecord } from "./synthesis-record.ts";

/** One synthesis of the principal's own history; administrators find everybody's. @throws {@link ServiceError} `synthesis-not-found`. */
export type FindSynthesis = (
  principal: Principal,
  id: string,
  signal: AbortSignal,
) => Promise<Versioned<SynthesisRecord>>;

export function makeFindSynthesis(records: SynthesisCollection): FindSynthesis {
  return async (principal, id, signal) => {
    const own = await records.read(principal.id, id, signal);
    const record = own ?? (await findForAdmin(records, principal, id));
    if (record === undefined) {
      throw new ServiceError("synthesis-not-found", `Your history has no synthesis ${id}.`);
    }
    return record;
  };
}
