import { listSourceFiles } from "./blob-source.ts";
import type { SourceFile } from "./blob-source.ts";
import type { Dataset } from "./dataset.ts";
import { longAudioRules, utteranceRules } from "./recording-rules.ts";
import { decodeRecording, durationMsOf, isSilent } from "./recording.ts";
import type { Recording } from "./recording.ts";
import { decodeScript, readTranscripts } from "./transcripts.ts";

/** One usable stretch of training data. */
export interface TrainingAudio {
  /** Of its file, without the extension. */
  readonly name: string;
  readonly recording: Recording;
  readonly utteranceCount: number;
}

const MAX_UTTERANCE_MS = 15_000;
const SIMULTANEOUS_READS = 8;
const MAX_UTTERANCE_BYTES = 16 * 1024 * 1024;
const MIN_LONG_AUDIO_MS = 20_000;
const MAX_LONG_AUDIO_FILES = 1000;
const MAX_LONG_AUDIO_BYTES = 512 * 1024 * 1024;
const MAX_SCRIPT_BYTES = 16 * 1024 * 1024;

/** The service cuts long audio where it is quiet; this stand-in counts an utterance for every five seconds. */
const MS_PER_UTTERANCE = 5000;

/**
 * Reads the usable audio of a dataset file by file: right in format and length, not silent, with a text. Of the rest the
 * service says nothing either.
 *
 * @throws RestError when the storage cannot be read.
 */
export async function* readDataset(dataset: Dataset): AsyncGenerator<TrainingAudio> {
  const scripts = dataset.scripts === undefined ? [] : await listSourceFiles(dataset.scripts);
  const audios = (await listSourceFiles(dataset.audios)).filter(({ fileName }) => isFileNameValid(fileName));
  if (dataset.kind === "AudioAndScript") {
    yield* readUtterances(audios, await transcriptsOf(scripts));
    return;
  }
  const scriptNames = new Set(scripts.map(nameOf));
  const isScripted = (file: SourceFile): boolean =>
    dataset.kind === "AudioOnly" || scriptNames.has(nameOf(file));
  yield* readLongAudio(audios.slice(0, MAX_LONG_AUDIO_FILES).filter(isScripted));
}

async function* readUtterances(
  audios: readonly SourceFile[],
  transcripts: ReadonlyMap<string, string>,
): AsyncGenerator<TrainingAudio> {
  const wanted = audios.filter(
    (file) => transcripts.has(nameOf(file)) && isWithin(file, MAX_UTTERANCE_BYTES),
  );
  for (let start = 0; start < wanted.length; start += SIMULTANEOUS_READS) {
    const group = wanted.slice(start, start + SIMULTANEOUS_READS);
    const decoded = await Promise.all(
      group.map(async (file) => ({
        name: nameOf(file),
        recording: await decodeRecording(await file.read(), utteranceRules),
      })),
    );
    for (const { name, recording } of decoded) {
      if ("samples" in recording && durationMsOf(recording) < MAX_UTTERANCE_MS && !isSilent(recording)) {
        yield { name, recording, utteranceCount: 1 };
      }
    }
  }
}

async function* readLongAudio(audios: readonly SourceFile[]): AsyncGenerator<TrainingAudio> {
  for (const file of audios.filter((audio) => isWithin(audio, MAX_LONG_AUDIO_BYTES))) {
    const recording = await decodeRecording(await file.read(), longAudioRules);
    if ("samples" in recording && durationMsOf(recording) > MIN_LONG_AUDIO_MS && !isSilent(recording)) {
      const utteranceCount = Math.floor(durationMsOf(recording) / MS_PER_UTTERANCE);
      yield { name: nameOf(file), recording, utteranceCount };
    }
  }
}

async function transcriptsOf(scripts: readonly SourceFile[]): Promise<ReadonlyMap<string, string>> {
  const texts: string[] = [];
  for (const script of scripts.filter((file) => isWithin(file, MAX_SCRIPT_BYTES))) {
    texts.push(decodeScript(await script.read()));
  }
  return readTranscripts(texts);
}

function isWithin({ sizeBytes }: SourceFile, maxBytes: number): boolean {
  return sizeBytes > 0 && sizeBytes <= maxBytes;
}

function nameOf({ fileName }: SourceFile): string {
  return fileName.replace(/\.\w+$/, "");
}

function isFileNameValid(fileName: string): boolean {
  return fileName.length <= 256 && !/[\\:*?"<>|]|^[\s.]|\s$/.test(fileName);
}
