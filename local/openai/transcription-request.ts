import { z } from "zod";
import type { Form, FormFile } from "../stand-in/read-form.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { requireDeployment } from "./deployments.ts";
import type { OpenAiCall } from "./openai-handler.ts";
import { invalidRequest } from "./openai-refusal.ts";
import { parseFields } from "./parse-openai-json.ts";

const MAX_FILE_BYTES = 25 * 1024 * 1024;
const FILE_NAME = /\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/i;

const fieldsSchema = z.object({
  model: z.string().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, "The language must be an ISO 639 code.")
    .optional(),
  prompt: z.string().optional(),
  response_format: z.enum(["json", "text", "srt", "verbose_json", "vtt", "diarized_json"]).default("json"),
  temperature: z.coerce.number().min(0).max(1).default(0),
  stream: z.stringbool().default(false),
});

export interface TranscriptionRequest {
  readonly file: FormFile;
  readonly kind: "transcribe" | "whisper";
  readonly language: string | undefined;
  readonly format: "json" | "text" | "srt" | "verbose_json" | "vtt";
  readonly granularities: readonly string[];
  readonly isStreamed: boolean;
}

/** @throws {@link Refusal} 400, 404 or 413; what is not imitated (log probabilities, speakers) is refused too. */
export function parseTranscriptionRequest(call: OpenAiCall, form: Form): TranscriptionRequest {
  const values = [...form.fields].map(([name, all]) => [name, all.at(-1)]);
  const fields = parseFields(fieldsSchema, Object.fromEntries(values));
  const name = call.deployment ?? fields.model ?? "";
  const kind = requireDeployment(call.deployments, name, ["transcribe", "whisper"]);
  const format = formatFor(kind, fields.response_format);
  refuseWhatIsNotImitated(form);
  if (kind === "whisper" && fields.stream) {
    throw invalidRequest("stream", "The model does not support streaming.");
  }
  return {
    file: requireFile(form),
    kind,
    language: fields.language,
    format,
    granularities: granularitiesFor(format, form),
    isStreamed: fields.stream,
  };
}

function requireFile({ files }: Form): FormFile {
  const file = files.find(({ name }) => name === "file");
  if (file === undefined) {
    throw invalidRequest("file", "The file is required.");
  }
  if (!FILE_NAME.test(file.fileName)) {
    throw invalidRequest("file", "The file format is not supported.");
  }
  if (file.bytes.length > MAX_FILE_BYTES) {
    throw new Refusal({ status: 413, code: "413" }, `The file is larger than ${MAX_FILE_BYTES} bytes.`);
  }
  return file;
}

function formatFor(
  kind: TranscriptionRequest["kind"],
  format: z.infer<typeof fieldsSchema>["response_format"],
): TranscriptionRequest["format"] {
  const isPlain = format === "json" || format === "text";
  if (format === "diarized_json" || (kind === "transcribe" && !isPlain)) {
    throw invalidRequest("response_format", `The response format ${format} is not supported by the model.`);
  }
  return format;
}

function granularitiesFor(format: TranscriptionRequest["format"], { fields }: Form): readonly string[] {
  const granularities = fields.get("timestamp_granularities[]") ?? [];
  const unknown = granularities.find((name) => name !== "word" && name !== "segment");
  if (unknown !== undefined || (granularities.length > 0 && format !== "verbose_json")) {
    throw invalidRequest("timestamp_granularities", "Word and segment times need the format verbose_json.");
  }
  return granularities.length === 0 ? ["segment"] : granularities;
}

function refuseWhatIsNotImitated({ fields }: Form): void {
  for (const name of ["include[]", "known_speaker_names[]", "known_speaker_references[]"]) {
    if (fields.has(name)) {
      throw invalidRequest(name.replace("[]", ""), `This stand-in does not know ${name}.`);
    }
  }
}
