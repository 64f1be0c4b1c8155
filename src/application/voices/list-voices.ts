import type { Principal } from "../../domain/access/principal.ts";
import type { Voice, VoiceKind, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { VoiceStatus } from "../../domain/voice/voice-status.ts";
import type { DocumentPage, FieldValue } from "../ports/documents.ts";
import type { SharedVoices } from "./shared-voices.ts";
import type { VoiceCollection } from "./voice-ref.ts";

export interface ListVoicesQuery {
  readonly kind?: VoiceKind | undefined;
  readonly status?: VoiceStatus | undefined;
  readonly locale?: string | undefined;
  /** Whether an owner is named; `organization` then lists what this owner shares. */
  readonly ownerId?: string | undefined;
  /** `organization` lists what anybody shares; otherwise the list has the principal's own voices. */
  readonly visibility?: VoiceVisibility | undefined;
  /** Values by key; a voice has all of them. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Text in the name or the description. */
  readonly q?: string | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The principal's own voices or those that are shared, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListVoices = (principal: Principal, query: ListVoicesQuery) => Promise<DocumentPage<Voice>>;

export interface ListVoicesPorts {
  readonly voices: VoiceCollection;
  readonly shared: Pick<SharedVoices, "list">;
}

export function makeListVoices({ voices, shared }: ListVoicesPorts): ListVoices {
  return (principal, { ownerId, kind, status, locale, visibility, labels, q, limit, cursor }) => {
    const query = {
      equals: present({ kind, status, locale }),
      limit,
      ...(labels !== undefined && { members: { labels } }),
      ...(q !== undefined && { text: { fields: ["name", "description"], contains: q } }),
      ...(cursor !== undefined && { cursor }),
    };
    return visibility === "organization" && ownerId === undefined
      ? shared.list(query)
      : voices.query({
          ...query,
          partition: principal.id,
          equals: { ...query.equals, ...present({ visibility }) },
        });
  };
}

function present(fields: Readonly<Record<string, FieldValue | undefined>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
