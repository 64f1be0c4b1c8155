import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { captionCues } from "../../../src/domain/speech/captions/caption-cue.ts";
import { CAPTION_FORMATS, writeCaptions } from "../../../src/domain/speech/captions/write-captions.ts";
import { estimateWords } from "../../../src/domain/speech/timings/estimate-words.ts";
import { passageOf } from "../../../src/domain/speech/timings/passage.ts";
import { ffprobeIsInstalled } from "../../support/ffprobe.ts";

const run = promisify(execFile);
const DURATION_MS = 20_000;
const PARAGRAPH =
  "The first sentence of this paragraph is short. The second one is a good deal longer, so that its caption has to be " +
  "divided, & it holds <signs> that mean something in captions. The third ends it!";

let directory: string;
let hasFfprobe: boolean;

beforeAll(async () => {
  hasFfprobe = await ffprobeIsInstalled();
  directory = await mkdtemp(path.join(tmpdir(), "captions-"));
});

afterAll(() => rm(directory, { recursive: true }));

/** Start of each caption as another program reads it. */
async function startsOf(captions: string, format: string): Promise<readonly number[]> {
  const file = path.join(directory, `captions.${format}`);
  await writeFile(file, captions);
  const wanted = ["-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0"];
  const { stdout } = await run("ffprobe", [...wanted, file]);
  return stdout
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [Math.round(Number.parseFloat(line) * 1_000)]));
}

/** Start of each caption as its text says. */
function writtenStarts(captions: string): readonly number[] {
  const times = captions.matchAll(/^(\d\d):(\d\d):(\d\d)[,.](\d{3}) --> /gm);
  return Array.from(times, ([, hours, minutes, seconds, ms]) => {
    const wholeSeconds = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
    return wholeSeconds * 1_000 + Number(ms);
  });
}

describe("the captions of a paragraph", () => {
  const passage = passageOf([
    { kind: "text", text: PARAGRAPH, source: { kind: "linear", offset: 0, gaps: [] } },
  ]);
  const words = estimateWords(passage, { startMs: 0, endMs: DURATION_MS }, "en-US");
  const cues = captionCues(passage.written, words);

  it.each(CAPTION_FORMATS)("are read by ffprobe as we meant them: %s", async (format) => {
    const captions = writeCaptions(cues, format);
    const starts = hasFfprobe ? await startsOf(captions, format) : writtenStarts(captions);

    expect(starts).toEqual(cues.map(({ startMs }) => startMs));
  });

  it("cover the audio from the first word to the last", () => {
    expect(cues[0]?.startMs).toBe(0);
    expect(cues.at(-1)?.endMs).toBe(words.at(-1)?.endMs);
    expect(cues.length).toBeGreaterThan(3);
  });
});
