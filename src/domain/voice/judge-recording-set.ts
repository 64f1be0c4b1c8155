import type { Finding, Verdict } from "./finding.ts";
import { verdictOf } from "./finding.ts";
import { judgeRecording } from "./judge-recording.ts";
import type { RecordingFacts } from "./recording.ts";
import type { RecordingRules } from "./recording-rules.ts";
import type { TranscriptLine } from "./transcript.ts";

export interface InspectedFile {
  readonly fileName: string;
  readonly facts: RecordingFacts | undefined;
  /** SHA-256 of the file, hexadecimal: equal files are duplicates. */
  readonly sha256: string;
}

export interface JudgedFile {
  readonly fileName: string;
  readonly verdict: Verdict;
  readonly facts: RecordingFacts | undefined;
  readonly findings: readonly Finding[];
}

export interface SetReport {
  readonly verdict: Verdict;
  readonly fileCount: number;
  readonly totalMs: number;
  readonly hasTranscripts: boolean;
  readonly files: readonly JudgedFile[];
  /** About the set as a whole. */
  readonly findings: readonly Finding[];
}

/** Characters that Azure's storage of training data does not accept in names. */
const FORBIDDEN_IN_NAMES = /[\\/:*?"<>|]|^[\s.]|\s$/;
const MAX_NAME_CHARACTERS = 256;

/** What the recordings are accompanied by. */
export interface Accompaniment {
  readonly transcripts?: readonly TranscriptLine[];
  /** Price of transcribing in US dollars; left out where transcripts cannot be made. */
  readonly transcriptionUsdPerMinute?: number;
}

export function judgeRecordingSet(
  files: readonly InspectedFile[],
  rules: RecordingRules,
  { transcripts, transcriptionUsdPerMinute }: Accompaniment = {},
): SetReport {
  const firstOf = new Map<string, string>();
  const judged = files.map((file): JudgedFile => {
    const original = firstOf.get(file.sha256);
    firstOf.set(file.sha256, original ?? file.fileName);
    const findings = [
      ...judgeName(file.fileName),
      ...judgeRecording(file.facts, rules),
      ...(original === undefined ? [] : [duplicateOf(original)]),
    ];
    return { fileName: file.fileName, verdict: verdictOf(findings), facts: file.facts, findings };
  });
  const totalMs = judged.reduce((sum, { facts }) => sum + (facts?.durationMs ?? 0), 0);
  const findings = [
    ...judgeCount(files.length, rules),
    ...judgeTotal(totalMs, rules),
    ...judgeNames(files),
    ...(transcripts === undefined
      ? judgeMissingTranscript(rules, totalMs, transcriptionUsdPerMinute)
      : judgeTranscripts(files, rules, transcripts)),
  ];
  const verdict = verdictOf([...findings, ...judged.flatMap((file) => file.findings)]);
  return {
    verdict,
    fileCount: files.length,
    totalMs,
    hasTranscripts: transcripts !== undefined,
    files: judged,
    findings,
  };
}

function judgeName(fileName: string): readonly Finding[] {
  return FORBIDDEN_IN_NAMES.test(fileName) || fileName.length > MAX_NAME_CHARACTERS || fileName === ""
    ? [
        {
          severity: "error",
          code: "name-unsupported",
          message: 'has a name with \\ / : * ? " < > |. Rename it.',
        },
      ]
    : [];
}

function duplicateOf(original: string): Finding {
  return {
    severity: "warning",
    code: "duplicate",
    message: `is the same file as ${original}. Leave it out.`,
  };
}

function judgeCount(count: number, { minFiles, maxFiles }: RecordingRules): readonly Finding[] {
  if (count < minFiles) {
    const message = `${count} files are too few, at least ${minFiles} are needed. Record more.`;
    return [{ severity: "error", code: "too-few-files", message }];
  }
  if (count > maxFiles) {
    const message = `${count} files are too many, at most ${maxFiles} are allowed. Send less.`;
    return [{ severity: "error", code: "too-many-files", message }];
  }
  return [];
}

function judgeTotal(totalMs: number, { minTotalMs, maxTotalMs }: RecordingRules): readonly Finding[] {
  const total = (totalMs / 1000).toFixed(1);
  if (totalMs < minTotalMs) {
    const least = (minTotalMs / 1000).toFixed(1);
    const message = `has ${total} s of audio, at least ${least} s are needed. Record more speech.`;
    return [{ severity: "error", code: "too-short", message }];
  }
  if (totalMs > maxTotalMs) {
    const most = (maxTotalMs / 1000).toFixed(1);
    const message = `has ${total} s of audio, at most ${most} s are allowed. Send less.`;
    return [{ severity: "error", code: "too-much-audio", message }];
  }
  return [];
}

function judgeNames(files: readonly InspectedFile[]): readonly Finding[] {
  const names = files.map(({ fileName }) => fileName.toLowerCase());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined
    ? []
    : [
        {
          severity: "error",
          code: "name-repeated",
          message: `Two files are called ${repeated}. Rename one.`,
        },
      ];
}

function judgeMissingTranscript(
  { needsTranscripts }: RecordingRules,
  totalMs: number,
  usdPerMinute: number | undefined,
): readonly Finding[] {
  if (!needsTranscripts) {
    return [];
  }
  if (usdPerMinute === undefined) {
    const message =
      "There is no transcript. Send a text file with a line `name<TAB>text` for each audio file.";
    return [{ severity: "error", code: "transcript-missing", message }];
  }
  const usd = ((totalMs / 60_000) * usdPerMinute).toFixed(2);
  const message = `There is no transcript. It is made with Azure OpenAI for about ${usd} USD; send one to save that.`;
  return [{ severity: "warning", code: "transcript-will-be-made", message }];
}

function judgeTranscripts(
  files: readonly InspectedFile[],
  { needsTranscripts }: RecordingRules,
  transcripts: readonly TranscriptLine[],
): readonly Finding[] {
  if (!needsTranscripts) {
    return [];
  }
  const audio = new Set(files.map(({ fileName }) => utteranceIdOf(fileName)));
  const spoken = new Set(transcripts.map(({ utteranceId }) => utteranceId));
  const silentLines = [...spoken].filter((id) => !audio.has(id));
  const wordlessFiles = [...audio].filter((id) => !spoken.has(id));
  return [
    ...mismatch(wordlessFiles, "audio-without-transcript", "audio files have no line in the transcript"),
    ...mismatch(silentLines, "transcript-without-audio", "lines of the transcript have no audio file"),
  ];
}

const NAMED_IN_A_FINDING = 5;

function mismatch(ids: readonly string[], code: string, what: string): readonly Finding[] {
  if (ids.length === 0) {
    return [];
  }
  const named = ids.slice(0, NAMED_IN_A_FINDING).join(", ");
  const more = ids.length > NAMED_IN_A_FINDING ? ", ..." : "";
  return [{ severity: "error", code, message: `${ids.length} ${what}: ${named}${more}.` }];
}

/** `utterance-001.wav` → `utterance-001` */
export function utteranceIdOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, "");
}
