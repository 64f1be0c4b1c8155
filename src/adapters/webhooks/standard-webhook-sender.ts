import { randomBytes } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { WebhookMessage, WebhookSender } from "../../application/ports/webhook-sender.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { assertPublicHost, guardedLookup } from "./guarded-lookup.ts";

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
    const url = new URL(message.url);
    if (!this.#options.allowsInnerTargets) {
      assertHttps(url);
      assertPublicHost(url.hostname);
    }
    return this.#post(url, message.body, await headersOf(message));
  }

  #post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const { allowsInnerTargets, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const start = url.protocol === "https:" ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const request = start(url, {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        signal: AbortSignal.timeout(timeoutMs),
        agent: false,
        ...(!allowsInnerTargets && { lookup: guardedLookup }),
      });
      request.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      request.on("error", (error) => reject(errorOf(error)));
      request.end(body);
    });
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

function assertHttps({ protocol }: URL): void {
  if (protocol !== "https:") {
    throw new ServiceError("webhook-target-refused", "The target must be an https address.");
  }
}

function errorOf(error: Error): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError("webhook-unreachable", "The target does not answer.", { cause: error });
}
