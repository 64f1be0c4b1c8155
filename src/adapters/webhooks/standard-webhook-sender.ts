import { randomBytes } from "node:crypto";
import type { WebhookMessage, WebhookSender } from "../../application/ports/webhook-sender.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { postToPublicUrl } from "../network/post-to-public-url.ts";
import { PrivateAddress } from "../network/public-address.ts";
import { RefusedUrl } from "../network/public-url.ts";

export interface StandardWebhookSenderOptions {
  /** Allows http and addresses that are not public: for receivers on the developer's machine. */
  readonly allowsInnerTargets: boolean;
  /** For the whole call. Default: 10,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const SECRET_BYTES = 32;

/** {@link WebhookSender} after Standard Webhooks. The library is loaded at first use. */
export class StandardWebhookSender implements WebhookSender {
  readonly #options: StandardWebhookSenderOptions;

  constructor(options: StandardWebhookSenderOptions) {
    this.#options = options;
  }

  newSecret(): string {
    return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  }

  async send(message: WebhookMessage): Promise<number> {
    const { allowsInnerTargets, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const headers = await headersOf(message);
    try {
      return await postToPublicUrl({
        url: message.url,
        headers,
        body: message.body,
        signal: AbortSignal.timeout(timeoutMs),
        allowPrivate: allowsInnerTargets,
      });
    } catch (error) {
      throw serviceErrorOf(error);
    }
  }
}

async function headersOf({ id, body, sentAt, secrets }: WebhookMessage): Promise<Record<string, string>> {
  const { Webhook } = await import("standardwebhooks");
  return {
    "content-type": "application/json",
    "user-agent": "azure-voice-cloning-api",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(" "),
  };
}

function serviceErrorOf(cause: unknown): ServiceError {
  return cause instanceof PrivateAddress || cause instanceof RefusedUrl
    ? new ServiceError("webhook-target-refused", cause.message, { cause })
    : new ServiceError("webhook-unreachable", "The target does not answer.", { cause });
}
