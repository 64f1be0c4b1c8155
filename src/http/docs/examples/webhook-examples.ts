import { type OperationExamples, pageOf } from "./operation-example.ts";

const secret = { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", previousValidUntil: null };

const delivery = {
  id: "delivery_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  batchId: "batch_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  url: "https://hooks.example.com/voice",
  status: "delivered",
  attempts: [{ at: "2026-11-22T09:00:05.000Z", httpStatus: 204, error: null }],
  createdAt: "2026-11-22T09:00:04.000Z",
};

export const webhookExamples: OperationExamples = {
  getWebhookSecret: { responses: { 200: secret } },
  rotateWebhookSecret: {
    responses: { 200: { ...secret, previousValidUntil: "2026-11-23T09:00:00.000Z" } },
  },
  listWebhookDeliveries: { responses: { 200: pageOf(delivery) } },
  replayWebhookDelivery: { responses: { 202: { ...delivery, status: "pending" } } },
};
