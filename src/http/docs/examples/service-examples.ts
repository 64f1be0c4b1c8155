import { type OperationExamples, pageOf } from "./operation-example.ts";

const dependency = { name: "database", required: true, status: "up", latencyMs: 7 };
const limits = { default: 1, synthesis: 0.7, training: 1 };

const auditEntry = {
  id: "audit_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  createdAt: "2026-11-22T10:00:00.000Z",
  principalId: "3f2b8c1e-7a54-4d0b-9c61-5e0d7a9b4f10",
  principalKind: "user",
  operation: "updateVoice",
  method: "PUT",
  path: "/api/v1/voices/voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  clientAddress: "203.0.113.7",
  requestId: "req_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  status: 200,
  code: null,
  changes: [
    {
      collection: "voices",
      id: "voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
      before: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      after: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    },
  ],
  changeCount: 1,
  details: {},
};

export const serviceExamples: OperationExamples = {
  getHealth: { responses: { 200: { status: "ok", version: "0.1.0" } } },
  getReadiness: {
    responses: {
      200: { status: "ready", dependencies: [dependency], limits },
      503: { status: "unavailable", dependencies: [{ ...dependency, status: "down" }], limits },
    },
  },
  listAuditEntries: { responses: { 200: pageOf(auditEntry) } },
  getOpenApi: { responses: { 200: { openapi: "3.1.1" } } },
};
