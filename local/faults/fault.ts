import { z } from "zod";

/** Codes that the websocket of the Speech service closes with; 1006 ends the connection without a close frame. */
const closeCodes = z.literal([1006, 1007, 1011, 1013, 4429]);

/** Of the custom voice API, `properties.failureReason` of a model. */
const trainingFailureReasons = z.enum([
  "InaccessibleCustomerStorage",
  "SpeakerVerificationFailed",
  "TerminateByUser",
  "Internal",
  "DataNotReady",
  "DataNotEnough",
]);

const faultActionSchema = z.discriminatedUnion("kind", [
  /** 429; without `retryAfterSeconds` there is no `Retry-After` either. */
  z.strictObject({ kind: z.literal("throttle"), retryAfterSeconds: z.number().min(0).optional() }),
  z.strictObject({ kind: z.literal("status"), status: z.literal([500, 502, 503]) }),
  /** Waits before the request is handled. */
  z.strictObject({ kind: z.literal("latency"), latencyMs: z.int().min(0).max(600_000) }),
  /** Ends the connection after so many bytes of the answer's body. */
  z.strictObject({ kind: z.literal("cut"), afterBytes: z.int().min(0) }),
  /** The request is never answered, the connection stays open. */
  z.strictObject({ kind: z.literal("silence") }),
  z.strictObject({ kind: z.literal("close"), code: closeCodes, reason: z.string().max(123).optional() }),
  /** The work is done, the answer never arrives. */
  z.strictObject({ kind: z.literal("lose-answer") }),
  /** Custom voice answers 403, as for a resource without Limited Access. */
  z.strictObject({ kind: z.literal("not-approved") }),
  /** An input of a batch synthesis fails; its facts are `id` of the job and `input`, counted from 1. */
  z.strictObject({ kind: z.literal("refuse-input") }),
  z.strictObject({ kind: z.literal("consent-mismatch") }),
  z.strictObject({ kind: z.literal("speaker-mismatch") }),
  z.strictObject({ kind: z.literal("training-failure"), reason: trainingFailureReasons }),
]);

const timesSchema = z.union([
  z.literal("once"),
  z.int().min(1).max(1_000_000),
  z.strictObject({ forMs: z.int().min(1).max(86_400_000) }),
]);

/**
 * A fault to act out. Every fact in `match` must be the same in the call; left out, every call of the service fits.
 * Facts of HTTP calls: `method`, `path`, `operation`; each service adds its own (`voice`, `id`, ...).
 */
export const faultSchema = z.strictObject({
  service: z.string().min(1),
  match: z.record(z.string(), z.string()).default({}),
  action: faultActionSchema,
  times: timesSchema.default("once"),
  /** Lets the fault happen to a share of the calls that fit; the same seed picks the same calls. Default: to all. */
  rate: z.strictObject({ share: z.number().gt(0).max(1), seed: z.int() }).optional(),
});

export type FaultAction = z.output<typeof faultActionSchema>;
export type FaultKind = FaultAction["kind"];
export type FaultRequest = z.input<typeof faultSchema>;
