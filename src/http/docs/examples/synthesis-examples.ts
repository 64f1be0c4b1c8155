import { type OperationExamples, pageOf } from "./operation-example.ts";

const request = { text: "Good morning.", voice: "en-US-AvaMultilingualNeural", format: "mp3" };
const cost = { amount: 0.000208, currency: "USD", priceDate: "2026-11-01" };

const synthesis = {
  id: "syn_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  voiceId: "en-US-AvaMultilingualNeural",
  use: "education",
  locale: "en-US",
  format: "audio-24khz-96kbitrate-mono-mp3",
  contentType: "audio/mpeg",
  sizeBytes: 14_112,
  durationMs: 1_176,
  characters: 13,
  charactersBilled: 13,
  cost,
  preview: "Good morning.",
  cache: "miss",
  timingSource: "engine",
  translatedTo: null,
  metadata: {},
  createdAt: "2026-11-22T09:00:00.000Z",
};

const used = {
  requests: 12,
  characters: 4_310,
  charactersBilled: 4_310,
  durationMs: 312_000,
  cacheHits: 2,
  cost: 0.07,
};

export const synthesisExamples: OperationExamples = {
  speak: {
    request,
    responses: {
      200: {
        id: synthesis.id,
        audio: "//PkxAAAAANIAAAA",
        contentType: "audio/mpeg",
        durationMs: 1_176,
        characters: 13,
        charactersBilled: 13,
        timings: {
          source: "engine",
          words: [
            { text: "Good", offset: 0, length: 4, startMs: 50, endMs: 290 },
            { text: "morning", offset: 5, length: 7, startMs: 300, endMs: 810 },
          ],
          sentences: [{ text: "Good morning.", offset: 0, length: 13, startMs: 50, endMs: 810 }],
          visemes: [],
          bookmarks: [],
        },
        captions: {
          srt: "1\n00:00:00,050 --> 00:00:00,810\nGood morning.\n",
          vtt: "WEBVTT\n\n00:00:00.050 --> 00:00:00.810\nGood morning.\n",
        },
        cost,
        translation: null,
        pronunciations: [],
        warnings: [],
        cache: "miss",
      },
    },
  },
  speakStream: { request },
  listSyntheses: { responses: { 200: pageOf(synthesis) } },
  getSynthesis: { responses: { 200: synthesis } },
  getUsage: {
    responses: {
      200: {
        from: "2026-11-01",
        to: "2026-11-22",
        currency: "USD",
        rows: [{ day: "2026-11-22", ...used }],
        total: used,
      },
    },
  },
  translateText: {
    request: { text: "Good morning.", to: "de" },
    responses: {
      200: {
        translations: [{ text: "Guten Morgen.", from: "en", to: "de" }],
        charactersBilled: 13,
        cost,
      },
    },
  },
  listLanguages: {
    responses: {
      200: { items: [{ code: "de", name: "German", nativeName: "Deutsch", direction: "ltr" }] },
    },
  },
};
