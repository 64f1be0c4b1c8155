import type { OperationExamples } from "./operation-example.ts";

const dependency = { name: "database", status: "up", latencyMs: 7 };
const limits = { default: 1, synthesis: 0.7, training: 1 };

export const serviceExamples: OperationExamples = {
  getHealth: { responses: { 200: { status: "ok", version: "0.1.0" } } },
  getReadiness: {
    responses: {
      200: { status: "ready", dependencies: [dependency], limits },
      503: { status: "unavailable", dependencies: [{ ...dependency, status: "down" }], limits },
    },
  },
  getOpenApi: { responses: { 200: { openapi: "3.1.1" } } },
};
