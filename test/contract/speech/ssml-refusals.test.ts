import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import type { Speaker } from "../../../local/speech/speech-state.ts";
import { document, SPEECH_KEY, spoken, synthesize } from "./speech-client.ts";

const SPEAKER: Speaker = {
  medianPitchHz: 140,
  pitchSpreadSemitones: 1.5,
  pitchBaseHz: 120,
  pitchTopHz: 160,
  formantScale: 1,
  bandGainsDb: [],
};
const ROOT = `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">`;
const VOICE = `<voice name="en-US-AvaMultilingualNeural">`;

let speech: RunningSpeech;

beforeAll(async () => {
  const state = {
    profile: (id: string) => (id === "mine" ? { status: "Succeeded" as const, speaker: SPEAKER } : undefined),
    endpoint: () => undefined,
  };
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state });
});

afterAll(async () => {
  await speech.close();
});

describe("a document that the service refuses", () => {
  it.each([
    ["is not XML", "Hello", /^SSML is invalid/],
    ["is not closed", `${ROOT}${VOICE}Hello`, /^SSML is invalid/],
    [
      "has a document type",
      `<!DOCTYPE speak [<!ENTITY a "b">]>${ROOT}${VOICE}Hi</voice></speak>`,
      /document types/,
    ],
    ["uses an entity of its own", spoken("&nbsp;"), /^SSML is invalid/],
    ["uses an unbound prefix", `${ROOT}${VOICE}<mstts:silence/></voice></speak>`, /^SSML is invalid/],
    ["has another root", `<p xmlns="http://www.w3.org/2001/10/synthesis">Hi</p>`, /root/],
    ["has no namespace", `<speak version="1.0" xml:lang="en-US">${VOICE}Hi</voice></speak>`, /root/],
    ["has no version", ROOT.replace(' version="1.0"', "") + `${VOICE}Hi</voice></speak>`, /version/],
    [
      "has no language",
      ROOT.replace(' xml:lang="en-US"', "") + `${VOICE}Hi</voice></speak>`,
      /only contain one language/,
    ],
    ["has no voice", document(""), /^Ssml should contain at least one \[voice\] tag\.$/],
    ["has text beside the voice", document(`Hello${VOICE}Hi</voice>`), /with type \[Text\]/],
    ["has more than 50 voices", document(`${VOICE}Hi</voice>`.repeat(51)), /at most 50/],
    ["nests deeper than 64", spoken("<prosody>".repeat(70) + "Hi" + "</prosody>".repeat(70)), /nested/],
  ])("is one that %s", async (_, ssml, reason) => {
    expect(await answerTo(ssml)).toEqual(refusal(expect.stringMatching(reason)));
  });

  it.each([
    [
      "<voice name='en-US-JennyNeural'>Hi</voice>",
      "Node [voice] with type [Media] should not contain node [voice] with type [Media].",
    ],
    [
      "<s>One <voice name='en-US-JennyNeural'>two</voice></s>",
      "Node [s] with type [Others] should not contain node [voice] with type [Media].",
    ],
    ["<p><p>Hi</p></p>", "Node [p] with type [Others] should not contain node [p] with type [Others]."],
    ["<s><s>Hi</s></s>", "Node [s] with type [Others] should not contain node [s] with type [Others]."],
    [
      "<sub alias='b'>a<break/></sub>",
      "Node [sub] with type [Others] should not contain node [break] with type [Break].",
    ],
    [
      "<lang xml:lang='de-DE'><break/></lang>",
      "Node [lang] with type [Others] should not contain node [break] with type [Break].",
    ],
    [
      "<break>text</break>",
      "Node [break] with type [Break] should not contain node [text] with type [Text].",
    ],
    [
      "<marquee>Hi</marquee>",
      "Node [voice] with type [Media] should not contain node [marquee] with type [Others].",
    ],
    ["<bookmark/>", "Node [bookmark] should have attribute [mark]."],
    ["<sub>a</sub>", "Node [sub] should have attribute [alias]."],
    ["<say-as>1</say-as>", "Node [say-as] should have attribute [interpret-as]."],
    ["<mstts:express-as>Hi</mstts:express-as>", "Node [mstts:express-as] should have attribute [style]."],
    ["<phoneme alphabet='ipa'>a</phoneme>", "Node [phoneme] should have attribute [ph]."],
    ["<lang>Hi</lang>", "Node [lang] should have attribute [xml:lang]."],
    [
      "<prosody rate='quick'>Hi</prosody>",
      "Node [prosody] has an invalid value [quick] of attribute [rate].",
    ],
    ["<prosody pitch='5'>Hi</prosody>", "Node [prosody] has an invalid value [5] of attribute [pitch]."],
    [
      "<prosody volume='noisy'>Hi</prosody>",
      "Node [prosody] has an invalid value [noisy] of attribute [volume].",
    ],
    ["<break time='1 minute'/>", "Node [break] has an invalid value [1 minute] of attribute [time]."],
    ["<break strength='huge'/>", "Node [break] has an invalid value [huge] of attribute [strength]."],
    [
      "<mstts:silence type='Leading' value='200'/>",
      "Node [mstts:silence] has an invalid value [200] of attribute [value].",
    ],
    [
      "<mstts:silence type='Middle' value='200ms'/>",
      "Node [mstts:silence] has an invalid value [Middle] of attribute [type].",
    ],
    [
      "<phoneme alphabet='klingon' ph='a'>a</phoneme>",
      "Node [phoneme] has an invalid value [klingon] of attribute [alphabet].",
    ],
    ["<phoneme alphabet='ipa' ph='t7x'>a</phoneme>", "Node [phoneme] has an unknown phone in [t7x]."],
    ["<phoneme alphabet='x-sampa' ph='!!'>a</phoneme>", "Node [phoneme] has an unknown phone in [!!]."],
    ["<lang xml:lang='tlh-Piqd'>Hi</lang>", "Unsupported language tlh-Piqd."],
  ])("contains %s", async (content, reason) => {
    expect(await answerTo(spoken(content))).toEqual(refusal(reason));
  });

  it.each([
    "<audio src='https://example.com/a.wav'/>",
    "<lexicon uri='https://example.com/a.xml'/>",
    "<mstts:audioduration value='20s'/>",
    "<phoneme alphabet='sapi' ph='h eh'>a</phoneme>",
    "<prosody contour='(0%,+20Hz)(50%,-2st)'>Hi</prosody>",
    "<mstts:viseme type='FacialExpression'/>",
  ])("asks for what the stand-in does not imitate: %s", async (content) => {
    expect(await answerTo(spoken(content))).toEqual(refusal(expect.stringMatching(/^The stand-in/)));
  });

  it.each([
    ["DragonLatestNeural", "<phoneme alphabet='ipa' ph='a'>a</phoneme>"],
    ["DragonLatestNeural", "<bookmark mark='a'/>"],
    ["DragonLatestNeural", "<mstts:silence type='Leading' value='1s'/>"],
    ["PhoenixLatestNeural", "<emphasis>a</emphasis>"],
    ["PhoenixLatestNeural", "<mstts:express-as style='sad'>a</mstts:express-as>"],
    ["PhoenixV2Neural", "<prosody pitch='high'>a</prosody>"],
    ["DragonV2.1Neural", "<prosody volume='50'>a</prosody>"],
  ])("is spoken by %s, which does not support %s", async (voiceName, content) => {
    const embedding = `<mstts:ttsembedding speakerProfileId="mine">${content}</mstts:ttsembedding>`;

    expect(await answerTo(spoken(embedding, voiceName))).toEqual(
      refusal(expect.stringMatching(new RegExp(`not supported by voice ${voiceName}`))),
    );
  });

  it.each(["<prosody rate='2'>a</prosody>", "<break/>", "<phoneme ph='a'>a</phoneme>"])(
    "is spoken by an HD voice, which does not support %s",
    async (content) => {
      expect(await answerTo(spoken(content, "en-US-Ava:DragonHDLatestNeural"))).toEqual(
        refusal(expect.stringMatching(/not supported by voice/)),
      );
    },
  );

  it("asks a personal voice to speak without a profile", async () => {
    expect(await answerTo(spoken("Hello", "DragonLatestNeural"))).toEqual(
      refusal(expect.stringMatching(/needs exactly one mstts:ttsembedding/)),
    );
  });

  it("gives a profile to a voice that is no base model", async () => {
    expect(
      await answerTo(spoken(`<mstts:ttsembedding speakerProfileId="mine">Hi</mstts:ttsembedding>`)),
    ).toEqual(refusal(expect.stringMatching(/ttsembedding/)));
  });
});

describe("a document that the service speaks", () => {
  it.each([
    `<mstts:silence type="Sentenceboundary" value="200ms"/><p><s>One.</s><s>Two.</s></p>`,
    `<prosody rate="+20%" pitch="-2st" volume="+6dB"><p>Hi</p></prosody>`,
    `<prosody rate="x-fast" pitch="x-high" range="low" volume="soft">Hi</prosody>`,
    `<break time="0.5s"/><break time="200"/><break strength="none"/><bookmark mark="a"/>Hi`,
    `<phoneme alphabet="ipa" ph="təˈmeɪtoʊ">tomato</phoneme><phoneme alphabet="x-sampa" ph='t@"meItoU'>tomato</phoneme>`,
    `<say-as interpret-as="date" format="dmy">24-12-2026</say-as> <say-as interpret-as="cardinal">12</say-as>`,
    `<mstts:express-as style="chat" styledegree="2">Hi</mstts:express-as><emphasis level="strong">you</emphasis>`,
    `<lang xml:lang="de-DE">Guten Tag</lang> <sub alias="World Wide Web">WWW</sub>`,
    `<mstts:viseme type="redlips_front"/>Hi <!-- comment --> <![CDATA[A & B]]>`,
  ])("contains %s", async (content) => {
    const response = await synthesize({ url: speech.url, ssml: spoken(content) });

    expect(`${response.status} ${response.statusText}`).toBe("200 OK");
    await response.arrayBuffer();
  });

  it("lets a Phoenix voice use phonemes, bookmarks and rate", async () => {
    const content = `<phoneme ph="a">a</phoneme><bookmark mark="a"/><prosody rate="1.2">Hi</prosody>`;
    const embedding = `<mstts:ttsembedding speakerProfileId="mine">${content}</mstts:ttsembedding>`;

    const response = await synthesize({ url: speech.url, ssml: spoken(embedding, "PhoenixLatestNeural") });

    expect(`${response.status} ${response.statusText}`).toBe("200 OK");
    await response.arrayBuffer();
  });
});

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

async function answerTo(ssml: string): Promise<Answer> {
  const response = await synthesize({ url: speech.url, ssml });
  return { status: response.status, reason: response.statusText, body: await response.text() };
}

/** @param reason text, or a matcher of it. */
function refusal(reason: unknown): object {
  return { status: 400, reason, body: "" };
}
