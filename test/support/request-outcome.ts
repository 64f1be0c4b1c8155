import { permissionsOf } from "../../src/domain/access/permissions.ts";
import type { RequestOutcome } from "../../src/http/request-observer.ts";

/** A good `PUT` of a voice by a trainer; give what is to be different. */
export function requestOutcome(changes: Partial<RequestOutcome> = {}): RequestOutcome {
  return {
    spec: {
      operationId: "updateVoice",
      method: "PUT",
      path: "/api/v1/voices/{voiceId}",
      tag: "Voices",
      summary: "Changes a voice",
      permission: "voices:write",
      responses: {},
    },
    requestId: "req_1",
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    principal: {
      id: "ada",
      kind: "user",
      tenantId: "tenant",
      roles: ["Voice.Trainer"],
      permissions: permissionsOf(["Voice.Trainer"]),
    },
    path: "/api/v1/voices/voice_1",
    clientAddress: "203.0.113.7",
    status: 200,
    code: undefined,
    cause: undefined,
    startedAt: new Date("2026-11-22T12:00:00Z"),
    durationMs: 12,
    changes: [],
    changeCount: 0,
    auditDetails: {},
    request: new Request("http://localhost/api/v1/voices/voice_1", {
      method: "PUT",
      headers: { authorization: "Bearer secret" },
    }),
    response: new Response("{}"),
    requestBody: undefined,
    responseBody: undefined,
    ...changes,
  };
}
