import type { Principal } from "../../domain/access/principal.ts";
import { judgeRecordingSet, type SetReport } from "../../domain/voice/judge-recording-set.ts";
import { RECORDING_RULES } from "../../domain/voice/recording-rules.ts";
import { decodeTranscript, parseTranscript, type TranscriptLine } from "../../domain/voice/transcript.ts";
import type { VoiceKind } from "../../domain/voice/voice.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { AudioFile } from "../ports/custom-voice.ts";
import type { Transcriber } from "../ports/transcriber.ts";
import type { OpenUpload } from "../uploads/open-upload.ts";
import { heldFile, inspectFiles, type InspectionPorts, type ReadableFile } from "./inspect-files.ts";
import { uploadedFiles } from "./uploaded-files.ts";

/** Samples of a request, or files that have been uploaded; a `.txt` file among these is the transcript. */
export type SampleSource =
  | {
      readonly kind: "files";
      readonly files: readonly AudioFile[];
      readonly transcripts: AudioFile | undefined;
    }
  | { readonly kind: "upload"; readonly uploadId: string };

/** Judges samples without keeping anything. @throws {@link ServiceError} `upload-not-found`, `upload-incomplete`, `transcript-invalid`. */
export type PreflightSamples = (
  principal: Principal,
  request: { readonly kind: VoiceKind; readonly source: SampleSource },
) => Promise<SetReport>;

export interface PreflightPorts extends InspectionPorts {
  readonly blobs: BlobStore;
  readonly openUpload: OpenUpload;
  /** Undefined where transcription is not configured. */
  readonly transcriber: Transcriber | undefined;
}

export function makePreflightSamples(ports: PreflightPorts): PreflightSamples {
  return async (principal, { kind, source }) => {
    const { files, transcripts } = await readSource(ports, principal, source);
    const usdPerMinute = ports.transcriber?.usdPerMinute;
    return judgeRecordingSet(await inspectFiles(ports, files), RECORDING_RULES[kind], {
      ...(transcripts !== undefined && { transcripts }),
      ...(usdPerMinute !== undefined && { transcriptionUsdPerMinute: usdPerMinute }),
    });
  };
}

interface ReadSource {
  readonly files: readonly ReadableFile[];
  readonly transcripts?: readonly TranscriptLine[];
}

async function readSource(
  { blobs, openUpload }: PreflightPorts,
  principal: Principal,
  source: SampleSource,
): Promise<ReadSource> {
  if (source.kind === "upload") {
    return uploadedFiles(blobs, await openUpload(principal, source.uploadId));
  }
  const files = source.files.map(heldFile);
  return source.transcripts === undefined
    ? { files }
    : { files, transcripts: parseTranscript(decodeTranscript(source.transcripts.bytes)) };
}
