import { z } from "zod";
import { hostErrorCodes } from "../host-error.ts";
import { logLevels } from "../host-log.ts";

const listingSchema = z.object({
  name: z.string(),
  trigger: z.string(),
  methods: z.array(z.string()).readonly().optional(),
  url: z.string().optional(),
});

/** What a host in a child process tells its parent. */
export const hostMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    port: z.number(),
    listing: z.string(),
    functions: z.array(listingSchema),
  }),
  z.object({ kind: z.literal("failed"), code: z.enum(hostErrorCodes), message: z.string() }),
  z.object({
    kind: z.literal("log"),
    entry: z.object({
      level: z.enum(logLevels),
      category: z.string(),
      message: z.string(),
      functionName: z.string().optional(),
      invocationId: z.string().optional(),
    }),
  }),
]);

export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Options that can cross to another process. */
export const processOptionsSchema = z.object({
  appDirectory: z.string(),
  entry: z.string().optional(),
  port: z.number(),
  host: z.string().optional(),
  dataDirectory: z.string(),
  settings: z.record(z.string(), z.string()).optional(),
  runSchedules: z.boolean().optional(),
  blobPollIntervalMs: z.number().optional(),
  strictHang: z.boolean().optional(),
  maxBodyBytes: z.number().optional(),
  drainTimeoutMs: z.number().optional(),
  durable: z.object({ failsOnSequenceDrift: z.boolean() }).optional(),
  /** Sends log lines to the parent instead of printing them. */
  forwardsLogs: z.boolean().optional(),
});

export type ProcessOptions = z.infer<typeof processOptionsSchema>;
