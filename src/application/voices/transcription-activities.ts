import { ServiceError } from "../../domain/errors/service-error.ts";
import { utteranceIdOf } from "../../domain/voice/judge-recording-set.ts";
import type { ProfessionalTraining, Voice } from "../../domain/voice/voice.ts";
import type { TranscriptionActivities } from "../ports/activities.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import type { Transcriber } from "../ports/transcriber.ts";
import { readProfessional } from "./read-professional.ts";
import { transcribedFolder } from "./voice-folder.ts";
import type { VoiceCollection } from "./voice-ref.ts";

export interface TranscriptionActivityPorts {
  readonly voices: VoiceCollection;
  readonly blobs: BlobStore;
  /** Undefined where transcription is not configured. */
  readonly transcriber: Transcriber | undefined;
}

/** Recordings that one activity transcribes; few enough to end within minutes. */
const PAGE_SIZE = 20;
const AT_ONCE = 5;

/**
 * Makes the transcript that the client did not send, page by page. A line that is there already is not made, and not paid,
 * a second time.
 */
export function makeTranscriptionActivities(ports: TranscriptionActivityPorts): TranscriptionActivities {
  const { blobs } = ports;
  return {
    async transcribeSamples({ cursor, ...ref }) {
      const { voice, training } = await readProfessional(ports, ref);
      if (!training.needsTranscript) {
        return { nextCursor: null };
      }
      const { container, prefix } = voice.samples;
      const page = await blobs.list(container, {
        prefix,
        limit: PAGE_SIZE,
        ...(cursor !== null && { cursor }),
      });
      for (let start = 0; start < page.items.length; start += AT_ONCE) {
        const batch = page.items.slice(start, start + AT_ONCE);
        await Promise.all(batch.map((recording) => transcribeOne(ports, { voice, training }, recording)));
      }
      return { nextCursor: page.nextCursor };
    },

    async assembleTranscript(ref) {
      const { voice, training } = await readProfessional(ports, ref);
      if (training.needsTranscript) {
        const lines = await readLines(blobs, transcribedFolder(voice));
        const bytes = new TextEncoder().encode(`\ufeff${lines.join("\n")}\n`);
        const target = { container: "samples", name: training.transcriptBlob } as const;
        await blobs.write(target, bytes, { contentType: "text/plain; charset=utf-8" });
      }
      return {};
    },
  };
}

interface Recorded {
  readonly voice: Voice;
  readonly training: ProfessionalTraining;
}

async function transcribeOne(
  { blobs, transcriber }: TranscriptionActivityPorts,
  { voice, training }: Recorded,
  recording: { readonly name: string; readonly contentType: string },
): Promise<void> {
  const fileName = recording.name.slice(voice.samples.prefix.length);
  const utteranceId = utteranceIdOf(fileName);
  const target: BlobRef = { container: "samples", name: `${transcribedFolder(voice)}${utteranceId}` };
  if ((await blobs.properties(target)) !== undefined) {
    return;
  }
  if (transcriber === undefined) {
    throw new ServiceError("not-configured", "Transcribing needs AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT.");
  }
  const bytes = await readBlob(blobs, { container: voice.samples.container, name: recording.name });
  const file = { fileName, contentType: recording.contentType, bytes };
  const text = await transcriber.transcribe(file, training.dataLocale);
  const line = `${utteranceId}\t${text.replaceAll(/\s+/g, " ")}`;
  await blobs.write(target, new TextEncoder().encode(line), { contentType: "text/plain; charset=utf-8" });
}

async function readLines(blobs: BlobStore, prefix: string): Promise<readonly string[]> {
  const lines: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<BlobStore["list"]>> = await blobs.list("samples", {
      prefix,
      limit: 1_000,
      ...(cursor !== null && { cursor }),
    });
    for (const { name } of page.items) {
      lines.push(new TextDecoder().decode(await readBlob(blobs, { container: "samples", name })));
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}

async function readBlob(blobs: BlobStore, ref: BlobRef): Promise<Uint8Array> {
  const blob = await blobs.read(ref);
  if (blob === undefined) {
    throw new ServiceError("training-failed", "A stored recording of the voice is gone.");
  }
  return new Uint8Array(await new Response(blob.body).arrayBuffer());
}
