import { describe, expect, it } from "vitest";
import { SaxesSsmlParser } from "../../../../../src/adapters/ssml/saxes-ssml-parser.ts";
import { checkSsml } from "../../../../../src/domain/speech/ssml/check-ssml.ts";
import { fitToVoice } from "../../../../../src/domain/speech/ssml/fit-to-voice.ts";
import { serializeSsml } from "../../../../../src/domain/speech/ssml/serialize-ssml.ts";
import type { VoiceFamily } from "../../../../../src/domain/speech/voice-family.ts";

const parser = new SaxesSsmlParser();

function messagesFor(inner: string): readonly string[] {
  return checkSsml(parser.parse(`<speak>${inner}</speak>`)).map(({ message }) => message);
}

describe("checking SSML", () => {
  it.each([
    'Hello <break time="500ms"/> world <break strength="weak"/><break time="2"/>',
    '<voice name="a"><mstts:silence type="Leading" value="200ms"/>Hi <say-as interpret-as="date" format="dmy">1.2.2026</say-as></voice>',
    '<p><s>One <emphasis level="strong">two</emphasis></s></p>',
    '<prosody rate="+20%" pitch="-2st" volume="80" contour="(0%,+20Hz)(10%,-2st)"><p>Hi</p></prosody>',
    '<mstts:express-as style="cheerful" styledegree="1.5" role="Girl">Hi</mstts:express-as>',
    '<lang xml:lang="de-DE">Guten Tag <phoneme ph="a">a</phoneme></lang><sub alias="World">W</sub>',
    '<bookmark mark="m"/><mstts:viseme type="redlips_front"/><phoneme alphabet="ipa" ph="tɒ">to</phoneme>',
  ])("accepts %s", (inner) => {
    expect(messagesFor(inner)).toEqual([]);
  });

  it.each([
    ['<audio src="https://example.com/a.mp3"/>', "fetches no files"],
    ['<lexicon uri="https://example.com/l.xml"/>', "use the lexicon field"],
    ['<mstts:backgroundaudio src="https://example.com/a.mp3"/>', "fetches no files"],
    ['<mstts:ttsembedding speakerProfileId="someone">Hi</mstts:ttsembedding>', "chosen with voiceId"],
    ["<script>alert(1)</script>", "no element that can be spoken"],
    ["<voice>Hi</voice> beside", "Text beside <voice>"],
    ['<voice name="a">Hi</voice><break/>', "must stand in a <voice>"],
    ["<p><p>Hi</p></p>", "must not stand in <p>"],
    ["<break>Hi</break>", "must be empty"],
    ['<break time="21s"/>', "time of <break> must be"],
    ['<break time="-1s"/>', "time of <break> must be"],
    ["<sub>W</sub>", "needs the attribute alias"],
    ['<prosody rate="3">Hi</prosody>', "rate of <prosody> must be"],
    ['<prosody pitch="loud">Hi</prosody>', "pitch of <prosody> must be"],
    ['<prosody volume="101">Hi</prosody>', "volume of <prosody> must be"],
    ['<say-as interpret-as="poem">Hi</say-as>', "interpret-as of <say-as> must be"],
    ['<phoneme alphabet="klingon" ph="x">Hi</phoneme>', "alphabet of <phoneme> must be"],
    ['<math xmlns="http://www.w3.org/1998/Math/MathML"/>', "no element that can be spoken"],
  ])("refuses %s", (inner, expected) => {
    expect(messagesFor(inner)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it("refuses a root that is not speak", () => {
    expect(checkSsml(parser.parse("<voice/>"))).toMatchObject([
      { message: "The root element must be <speak>." },
    ]);
  });

  it("names the place of each issue", () => {
    const issues = checkSsml(parser.parse('<speak>\n<break time="x"/>\n <foo/></speak>'));

    expect(issues.map(({ position }) => position)).toEqual([
      { line: 2, column: 1 },
      { line: 3, column: 2 },
    ]);
  });
});

function fitted(inner: string, family: VoiceFamily, styles?: readonly string[]) {
  const { nodes, warnings } = fitToVoice(parser.parse(`<speak>${inner}</speak>`).children, {
    family,
    styles,
  });
  return { ssml: nodes.map(serializeSsml).join(""), codes: warnings.map(({ code }) => code) };
}

describe("fitting SSML to a voice", () => {
  it("leaves a neural voice everything", () => {
    const inner = '<prosody pitch="+5%">a <phoneme alphabet="sapi" ph="b">b</phoneme></prosody>';

    expect(fitted(inner, "neural")).toEqual({ ssml: inner, codes: [] });
  });

  it("takes from Dragon what it does not obey, keeps the text, and says so", () => {
    const inner =
      'a <phoneme ph="b">b</phoneme><emphasis>c</emphasis><prosody rate="fast" pitch="high">d</prosody>';

    expect(fitted(inner, "dragon")).toEqual({
      ssml: 'a bc<prosody rate="fast">d</prosody>',
      codes: ["element-unsupported", "element-unsupported", "element-unsupported"],
    });
  });

  it("lets Phoenix speak IPA and not the vendor's own alphabet", () => {
    const ipa = '<phoneme alphabet="ipa" ph="b">b</phoneme>';

    expect(fitted(ipa, "phoenix")).toEqual({ ssml: ipa, codes: [] });
    expect(fitted('<phoneme alphabet="sapi" ph="b">b</phoneme>', "phoenix").ssml).toBe("b");
  });

  it("leaves an HD voice no pause and no prosody, and HD Omni a style", () => {
    const style = '<mstts:express-as style="chat">a</mstts:express-as>';

    expect(fitted('a<break/><prosody rate="fast">b</prosody>', "hd").ssml).toBe("ab");
    expect(fitted(style, "hd-omni").ssml).toBe(style);
    expect(fitted(style, "hd")).toEqual({ ssml: "a", codes: ["style-unsupported"] });
  });

  it("takes out a style that the voice has not, keeps the text and a role it has, and says so", () => {
    const inner = '<mstts:express-as style="grumpy" styledegree="2">a</mstts:express-as>';
    const played = '<mstts:express-as style="grumpy" role="Girl">a</mstts:express-as>';

    expect(fitted(inner, "neural", ["chat"])).toEqual({ ssml: "a", codes: ["style-unknown"] });
    expect(fitted(played, "neural", ["chat"])).toEqual({
      ssml: '<mstts:express-as style="default" role="Girl">a</mstts:express-as>',
      codes: ["style-unknown"],
    });
    expect(fitted(inner, "neural", ["grumpy"])).toEqual({ ssml: inner, codes: [] });
  });
});
