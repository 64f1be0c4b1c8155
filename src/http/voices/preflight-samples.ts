import { z } from "zod";
import type { PreflightSamples, SampleSource } from "../../application/recordings/preflight-samples.ts";
import type { SetReport } from "../../domain/voice/judge-recording-set.ts";
import { VOICE_KINDS } from "../../domain/voice/voice.ts";
import { audioFile } from "../form-fields.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { sampleFields, sampleSource } from "./sample-fields.ts";

/** Larger sets are uploaded and judged there. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;

const finding = z.object({ severity: z.enum(["error", "warning"]), code: z.string(), message: z.string() });
const verdict = z.enum(["usable", "usable-with-warnings", "unusable"]);

const reportSchema = z
  .object({
    verdict,
    fileCount: z.number(),
    totalSeconds: z.number(),
    hasTranscripts: z.boolean(),
    findings: z.array(finding),
    files: z.array(
      z.object({
        name: z.string(),
        verdict,
        findings: z.array(finding),
        figures: z
          .object({
            container: z.string(),
            sampleRateHz: z.number(),
            bitDepth: z.number().nullable(),
            channels: z.number(),
            durationMs: z.number(),
            peakDbfs: z.number(),
            clippedSamples: z.number(),
            noiseFloorDbfs: z.number(),
            signalToNoiseDb: z.number(),
            leadingSilenceMs: z.number(),
            trailingSilenceMs: z.number(),
            longestSilenceMs: z.number(),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: "PreflightReport" });

const bodySchema = z.strictObject({ kind: z.enum(VOICE_KINDS), ...sampleFields });

export function preflightSamplesRoute(preflightSamples: PreflightSamples): Route {
  return route(
    {
      operationId: "preflightSamples",
      method: "POST",
      path: "/api/v1/voices/preflight",
      tag: "Voices",
      summary: "Judge samples before they are used; nothing is stored",
      permission: "voices:train",
      limitClass: "training",
      body: {
        schema: bodySchema,
        mediaTypes: ["multipart/form-data", "application/json"],
        maxBytes: MAX_BODY_BYTES,
      },
      responses: { 200: { description: "The report", content: { "application/json": reportSchema } } },
    },
    async ({ body }, { principal }) => {
      const source: SampleSource = await sampleSource(body, audioFile);
      return jsonResponse(200, reportBody(await preflightSamples(principal, { kind: body.kind, source })));
    },
  );
}

function reportBody({ totalMs, files, ...report }: SetReport): z.input<typeof reportSchema> {
  return {
    ...report,
    findings: [...report.findings],
    totalSeconds: totalMs / 1000,
    files: files.map(({ fileName, facts, findings, verdict: ofFile }) => ({
      name: fileName,
      verdict: ofFile,
      findings: [...findings],
      figures: facts === undefined ? null : { ...facts, bitDepth: facts.bitDepth ?? null },
    })),
  };
}
