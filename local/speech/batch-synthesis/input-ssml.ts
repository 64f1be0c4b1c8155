import type { Job, SynthesisConfig } from "./job.ts";

/** One input, ready to be spoken. */
export interface SpeakableInput {
  readonly ssml: string;
  readonly deploymentId: string | undefined;
  readonly billedCharacters: number;
  readonly billedAs: "neuralCharacters" | "customNeuralCharacters" | "personalVoiceCharacters";
}

const VOICE_NAME = /<voice\b[^>]*?\bname\s*=\s*["']([^"']+)["']/;
const UNBILLED_TAGS = /<\/?(?:speak|voice)\b[^>]*>/g;

export function speakableInput(job: Job, content: string): SpeakableInput {
  const ssml = job.inputKind === "SSML" ? content : plainTextSsml(content, job.synthesisConfig);
  const deploymentId = job.customVoices[VOICE_NAME.exec(ssml)?.[1] ?? ""];
  return {
    ssml,
    deploymentId,
    billedCharacters: countBilled(job.inputKind === "SSML" ? content.replaceAll(UNBILLED_TAGS, "") : content),
    billedAs: billedAs(ssml, deploymentId),
  };
}

/** Every code point counts once, a Han character twice. */
function countBilled(text: string): number {
  return Array.from(text).length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

function billedAs(ssml: string, deploymentId: string | undefined): SpeakableInput["billedAs"] {
  if (deploymentId !== undefined) {
    return "customNeuralCharacters";
  }
  return ssml.includes("<mstts:ttsembedding") ? "personalVoiceCharacters" : "neuralCharacters";
}

function plainTextSsml(text: string, config: SynthesisConfig | undefined): string {
  const { voice = "", speakerProfileId, style, styleDegree, role, rate, pitch, volume } = config ?? {};
  const layers = [
    element("mstts:ttsembedding", { speakerProfileId }),
    element("mstts:express-as", { style, styledegree: styleDegree, role }),
    element("prosody", { rate, pitch, volume }),
  ];
  const spoken = layers.reduceRight((inner, wrap) => wrap(inner), escapeXml(text));
  const locale = /^[a-z]{2,3}-[A-Z]{2}/.exec(voice)?.[0] ?? "en-US";
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" ` +
    `xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="${locale}">` +
    `<voice name="${escapeXml(voice)}">${spoken}</voice></speak>`
  );
}

/** Wraps in an element, unless none of its attributes has a value. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
): (inner: string) => string {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (written.length === 0) {
    return (inner) => inner;
  }
  const text = written.map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`).join("");
  return (inner) => `<${name}${text}>${inner}</${name}>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
