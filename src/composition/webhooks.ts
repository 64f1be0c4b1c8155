import type { OrchestrationHandler } from "durable-functions";
import { assertWebhookTarget } from "../adapters/webhooks/assert-webhook-target.ts";
import { StandardWebhookSender } from "../adapters/webhooks/standard-webhook-sender.ts";
import type { WebhookActivities } from "../application/ports/batch-activities.ts";
import { makeDeliverWebhook } from "../application/webhooks/deliver-webhook.ts";
import { makeNotifyBatchEnded, type NotifyBatchEnded } from "../application/webhooks/notify-batch-ended.ts";
import { makeListDeliveries, makeReplayDelivery } from "../application/webhooks/replay-delivery.ts";
import { WEBHOOK_DELIVERIES, WEBHOOK_SECRETS } from "../application/webhooks/webhook-collections.ts";
import { rotateSecret, secretOf } from "../application/webhooks/webhook-secrets.ts";
import type { WebhookDelivery, WebhookSecret } from "../domain/webhook/webhook-delivery.ts";
import type { Route } from "../http/route.ts";
import {
  getWebhookSecretRoute,
  listWebhookDeliveriesRoute,
  replayWebhookDeliveryRoute,
  rotateWebhookSecretRoute,
} from "../http/webhooks/webhook-routes.ts";
import { deliverWebhookOrchestration } from "../orchestrations/deliver-webhook.ts";
import type { Foundation } from "./foundation.ts";

export interface WebhooksPart {
  readonly routes: readonly Route[];
  readonly activities: WebhookActivities;
  readonly orchestrations: Readonly<Record<string, OrchestrationHandler>>;
  readonly notifyBatchEnded: NotifyBatchEnded;
  /** @throws {@link ServiceError} `webhook-target-refused`. */
  readonly assertWebhookTarget: (url: string) => void;
}

export function composeWebhooks(foundation: Foundation): WebhooksPart {
  const { config } = foundation;
  const allowsInnerTargets = config.WEBHOOK_ALLOW_INNER_TARGETS && config.ENVIRONMENT !== "production";
  const ports = {
    ...foundation,
    deliveries: foundation.database.collection<WebhookDelivery>(WEBHOOK_DELIVERIES),
    secrets: foundation.audited<WebhookSecret>(WEBHOOK_SECRETS),
    sender: new StandardWebhookSender({ allowsInnerTargets }),
  };
  return {
    routes: [
      getWebhookSecretRoute((principal) => secretOf(ports, principal.id)),
      rotateWebhookSecretRoute((principal) => rotateSecret(ports, principal.id)),
      listWebhookDeliveriesRoute(makeListDeliveries(ports.deliveries)),
      replayWebhookDeliveryRoute(makeReplayDelivery(ports)),
    ],
    activities: { deliverWebhook: makeDeliverWebhook(ports) },
    orchestrations: { deliverWebhookOrchestration },
    notifyBatchEnded: makeNotifyBatchEnded(ports),
    assertWebhookTarget: (url) => assertWebhookTarget(url, { allowsInnerTargets }),
  };
}
