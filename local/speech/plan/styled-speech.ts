import type { ChosenVoice } from "./choose-voice.ts";
import type { SpeakingStyle } from "./plan-builder.ts";

/** Factors on a voice's normal way of speaking. */
interface Manner {
  readonly rate: number;
  readonly pitch: number;
  readonly range: number;
  readonly gain: number;
}

const NORMAL: Manner = { rate: 1, pitch: 1, range: 1, gain: 1 };

const LIVELY: Partial<Manner> = { rate: 1.08, pitch: 1.12, range: 1.5 };
const LOW: Partial<Manner> = { rate: 0.86, pitch: 0.9, range: 0.6, gain: 0.8 };
const TENSE: Partial<Manner> = { rate: 1.12, pitch: 1.06, range: 1.4, gain: 1.2 };
const SOFT: Partial<Manner> = { rate: 0.93, pitch: 0.98, range: 0.85, gain: 0.8 };
const NEWS: Partial<Manner> = { rate: 1.06, range: 1.2 };

const MANNERS: Readonly<Record<string, Partial<Manner>>> = {
  affectionate: SOFT,
  angry: TENSE,
  assistant: { range: 1.1 },
  calm: SOFT,
  chat: { rate: 1.03, range: 1.2 },
  cheerful: LIVELY,
  customerservice: { pitch: 1.04, range: 1.2 },
  depressed: LOW,
  disgruntled: { rate: 0.95, pitch: 0.95, range: 1.2 },
  embarrassed: LOW,
  empathetic: SOFT,
  excited: { rate: 1.15, pitch: 1.2, range: 1.7, gain: 1.1 },
  fearful: { rate: 1.1, pitch: 1.15, range: 0.7, gain: 0.85 },
  friendly: LIVELY,
  gentle: SOFT,
  hopeful: { rate: 1.03, pitch: 1.06, range: 1.3 },
  lyrical: { rate: 0.9, range: 1.4 },
  "narration-professional": { rate: 0.97, range: 0.9 },
  "narration-relaxed": SOFT,
  newscast: NEWS,
  "newscast-casual": NEWS,
  "newscast-formal": { rate: 1.02, range: 0.9 },
  sad: LOW,
  serious: { rate: 0.94, pitch: 0.94, range: 0.8 },
  shouting: { rate: 1.05, pitch: 1.25, range: 1.5, gain: 1.4 },
  terrified: { rate: 1.2, pitch: 1.3, range: 1.2 },
  unfriendly: { rate: 0.98, pitch: 0.95, range: 0.8 },
  whispering: { rate: 0.92, range: 0.5, gain: 0.7 },
};

/** Factors of the pitch; a role is somebody else's voice, not another mood. */
const ROLES: Readonly<Record<string, number>> = {
  Girl: 1.35,
  Boy: 1.25,
  YoungAdultFemale: 1.12,
  YoungAdultMale: 0.95,
  OlderAdultFemale: 0.94,
  OlderAdultMale: 0.85,
  SeniorFemale: 0.88,
  SeniorMale: 0.8,
};

const DEFAULT_DEGREE = 1;
const DEGREE_LIMITS = { low: 0.01, high: 2 };

interface Speaking {
  readonly voice: ChosenVoice;
  readonly style: SpeakingStyle;
}

/** The style below an `mstts:express-as` element. What the voice does not know is ignored, as the service does. */
export function styledSpeech(
  { voice, style }: Speaking,
  attributes: ReadonlyMap<string, string>,
): SpeakingStyle {
  const name = attributes.get("style") ?? "";
  const manner = mannerOf(voice, name, degreeOf(attributes.get("styledegree")));
  const { prosody, sound } = style;
  return {
    ...style,
    prosody: {
      ...prosody,
      rate: prosody.rate * manner.rate,
      pitch: prosody.pitch * manner.pitch * rolePitch(voice, attributes.get("role") ?? ""),
      range: prosody.range * manner.range,
    },
    gain: style.gain * manner.gain,
    sound: name === "whispering" && voice.styles.includes(name) ? { ...sound, isWhispered: true } : sound,
  };
}

function mannerOf(voice: ChosenVoice, style: string, degree: number): Manner {
  const full = { ...NORMAL, ...(voice.styles.includes(style) ? MANNERS[style] : undefined) };
  return {
    rate: full.rate ** degree,
    pitch: full.pitch ** degree,
    range: full.range ** degree,
    gain: full.gain ** degree,
  };
}

function rolePitch(voice: ChosenVoice, role: string): number {
  return (voice.roles.includes(role) ? ROLES[role] : undefined) ?? 1;
}

function degreeOf(value: string | undefined): number {
  const degree = value === undefined ? DEFAULT_DEGREE : Number(value);
  return Number.isNaN(degree)
    ? DEFAULT_DEGREE
    : Math.max(DEGREE_LIMITS.low, Math.min(DEGREE_LIMITS.high, degree));
}
