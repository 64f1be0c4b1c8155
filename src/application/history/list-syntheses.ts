import type { Principal } from "../../domain/access/principal.ts";
import type { DocumentPage } from "../ports/documents.ts";
import type { SynthesisCollection, SynthesisRecord } from "./synthesis-record.ts";

export interface ListSynthesesQuery {
  readonly voiceId?: string | undefined;
  /** ISO 8601; inclusive. */
  readonly from?: string | undefined;
  /** ISO 8601; exclusive. */
  readonly to?: string | undefined;
  /** Text in the preview. */
  readonly q?: string | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The principal's own history, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListSyntheses = (
  principal: Principal,
  query: ListSynthesesQuery,
  signal: AbortSignal,
) => Promise<DocumentPage<SynthesisRecord>>;

export function makeListSyntheses(records: SynthesisCollection): ListSyntheses {
  return (principal, { voiceId, from, to, q, limit, cursor }, signal) =>
    records.query(
      {
        partition: principal.id,
        limit,
        ...(voiceId !== undefined && { equals: { voiceId } }),
        ...((from !== undefined || to !== undefined) && {
          range: { createdAt: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } },
        }),
        ...(q !== undefined && { text: { fields: ["preview"], contains: q } }),
        ...(cursor !== undefined && { cursor }),
      },
      signal,
    );
}
