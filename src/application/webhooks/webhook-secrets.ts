import type { WebhookSecret } from "../../domain/webhook/webhook-delivery.ts";
import type { Clock } from "../ports/clock.ts";
import { DocumentConflict, type DocumentCollection, type Versioned } from "../ports/documents.ts";
import type { WebhookSender } from "../ports/webhook-sender.ts";

export interface WebhookSecretPorts {
  readonly secrets: DocumentCollection<WebhookSecret>;
  readonly sender: WebhookSender;
  readonly clock: Clock;
}

const ID = "secret";
const OVERLAP_MS = 24 * 60 * 60 * 1_000;

/** The secret that signs what this owner is told; made at first use. */
export async function secretOf(
  { secrets, sender, clock }: WebhookSecretPorts,
  ownerId: string,
): Promise<Versioned<WebhookSecret>> {
  const found = await secrets.read(ownerId, ID);
  if (found !== undefined) {
    return found;
  }
  const createdAt = clock.now().toISOString();
  try {
    return await secrets.create({
      id: ID,
      partition: ownerId,
      createdAt,
      current: sender.newSecret(),
      previous: null,
    });
  } catch (error) {
    const other = error instanceof DocumentConflict ? await secrets.read(ownerId, ID) : undefined;
    if (other === undefined) {
      throw error;
    }
    return other;
  }
}

/** Replaces the secret; the old one signs as well for another day. @throws {@link ServiceError} `precondition-failed`. */
export async function rotateSecret(ports: WebhookSecretPorts, ownerId: string): Promise<WebhookSecret> {
  const secret = await secretOf(ports, ownerId);
  const until = new Date(ports.clock.now().getTime() + OVERLAP_MS).toISOString();
  const { etag, ...rest } = secret;
  const previous = { secret: secret.current, until };
  return ports.secrets.replace({ ...rest, current: ports.sender.newSecret(), previous }, etag);
}

/** Every secret that signs at this moment, the current one first. */
export function signingSecrets({ current, previous }: WebhookSecret, now: Date): readonly string[] {
  return previous !== null && new Date(previous.until) > now ? [current, previous.secret] : [current];
}
