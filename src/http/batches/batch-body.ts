import { z } from "zod";
import type { NewBatch } from "../../application/batches/create-batch.ts";
import type { BatchItem } from "../../application/batches/items-file.ts";
import { BATCH_MODES, MAX_BATCH_ITEMS } from "../../domain/batch/batch.ts";
import { CAPTION_FORMATS } from "../../domain/speech/captions/write-captions.ts";
import { whyNotOffered } from "../../application/azure-batches/offered-voices.ts";
import { voiceFamilyOf } from "../../domain/speech/voice-family.ts";
import { checked } from "../validation.ts";
import { speakFields, speakRequestOf } from "../synthesis/speak-body.ts";

/** 10,000 items of 3,000 characters fit. */
export const MAX_BATCH_BODY_BYTES = 32 * 1024 * 1024;

const { text, ssml, timings: _timings, ...settings } = speakFields;

/** As in a single synthesis, but nothing has a default yet: what an item leaves out comes from the batch's defaults. */
const optionalSettings = {
  ...settings,
  cache: settings.cache.unwrap().optional(),
  store: settings.store.unwrap().optional().describe("true: keep it in the history as well; default false"),
  metadata: settings.metadata.unwrap().optional(),
  strict: settings.strict.unwrap().optional(),
};

const defaultsSchema = z.strictObject(optionalSettings);

/** Part of the names of files, so it holds neither slashes nor dots at its beginning. */
const itemId = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "may hold letters, digits, dots, dashes and underscores only");

const itemSchema = z.strictObject({ id: itemId.optional(), text, ssml, ...optionalSettings });

export const batchBody = z
  .strictObject({
    items: z
      .array(itemSchema)
      .min(1, "holds no item")
      .max(MAX_BATCH_ITEMS, `holds more than ${MAX_BATCH_ITEMS} items`),
    defaults: defaultsSchema.default({}).describe("For everything that an item leaves out"),
    output: z
      .strictObject({
        captions: z.array(z.enum(CAPTION_FORMATS)).max(CAPTION_FORMATS.length).default([]),
        archive: z.boolean().default(true).describe("Offer all results as one zip"),
        concatenate: z.boolean().default(false).describe("Join all results into one file as well"),
      })
      .prefault({}),
    notify: z
      .strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000) })
      .optional()
      .describe("Where a signed webhook tells that the batch has ended"),
    mode: z
      .enum(BATCH_MODES)
      .default("standard")
      .describe("azure-batch: spoken by Azure's batch synthesis, later but beside the limits of real time"),
  })
  .transform((body, context): NewBatch => {
    const items = body.items.map((item, index) => mergedItem(item, { ...body, index, context }));
    if (context.issues.length > 0) {
      return z.NEVER;
    }
    refuseDuplicates(items, context);
    refuseVoiceless(items, context);
    refuseMixedFormats(items, body.output.concatenate, context);
    if (body.mode === "azure-batch") {
      refuseVoices(items, context);
    }
    return {
      items,
      mode: body.mode,
      output: { ...body.output, captions: [...new Set(body.output.captions)] },
      notifyUrl: body.notify?.url ?? null,
    };
  });

/** @throws {@link ServiceError} `request-invalid`. */
export function parseBatch(value: unknown): NewBatch {
  return checked(batchBody, value, "body");
}

/** An item with all that it takes from the defaults. */
const wholeItem = z
  .strictObject(speakFields)
  .refine((item) => (item.text === undefined) !== (item.ssml === undefined), {
    path: ["text"],
    message: "send either text or ssml",
  })
  .refine((item) => item.voiceId === undefined || item.voice === undefined, {
    path: ["voice"],
    message: "excludes voiceId: send one of them",
  });

interface Merging {
  readonly defaults: z.output<typeof defaultsSchema>;
  readonly index: number;
  readonly context: z.core.$RefinementCtx;
}

function mergedItem(item: z.output<typeof itemSchema>, { defaults, index, context }: Merging): BatchItem {
  const { id = `item-${String(index + 1).padStart(5, "0")}`, ...own } = item;
  const picksVoice = own.voice !== undefined || own.voiceId !== undefined;
  const { voice, voiceId, ...others } = defaults;
  const base = picksVoice ? others : { voice, voiceId, ...others };
  const merged = wholeItem.safeParse({ store: false, ...present(base), ...present(own), timings: "none" });
  if (merged.success) {
    return { id, request: speakRequestOf(merged.data, "none") };
  }
  for (const issue of merged.error.issues) {
    context.addIssue({ code: "custom", path: ["items", index, ...issue.path], message: issue.message });
  }
  return z.NEVER;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function refuseDuplicates(items: readonly BatchItem[], context: z.core.$RefinementCtx): void {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const first = seen.get(item.id);
    if (first !== undefined) {
      const message = `is the id of items[${first}] as well`;
      context.addIssue({ code: "custom", path: ["items", index, "id"], message });
    } else {
      seen.set(item.id, index);
    }
  }
}

/** SSML that seems to name its voices itself is taken at its word: it is read when it is spoken. */
function refuseVoiceless(items: readonly BatchItem[], context: z.core.$RefinementCtx): void {
  for (const [index, { request }] of items.entries()) {
    const { kind, value } = request.content;
    const namesVoices = kind === "ssml" && (value.includes("<voice") || value.includes(":voice"));
    if (request.voice === undefined && !namesVoices) {
      const message = "is missing: send voice or voiceId with the item or in the defaults";
      context.addIssue({ code: "custom", path: ["items", index, "voice"], message });
    }
  }
}

function refuseMixedFormats(
  items: readonly BatchItem[],
  concatenate: boolean,
  context: z.core.$RefinementCtx,
): void {
  const [first] = items;
  const isMixed = items.some(
    ({ request }) => JSON.stringify(request.format) !== JSON.stringify(first?.request.format),
  );
  if (concatenate && isMixed) {
    const message = "needs all items to have the same format, sampleRateHz and bitrateKbps";
    context.addIssue({ code: "custom", path: ["output", "concatenate"], message });
  }
}

/** Voices whose names tell that Azure's batch synthesis has them not; others are found out when they are resolved. */
function refuseVoices(items: readonly BatchItem[], context: z.core.$RefinementCtx): void {
  for (const [index, { request }] of items.entries()) {
    const name = request.voice?.kind === "catalog" ? request.voice.voice : "";
    const reason = whyNotOffered(voiceFamilyOf(name));
    if (reason !== undefined) {
      const message = `is not offered with mode azure-batch: ${reason}`;
      context.addIssue({ code: "custom", path: ["items", index, "voice"], message });
    }
  }
}
