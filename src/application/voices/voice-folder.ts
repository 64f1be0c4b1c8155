import type { Voice } from "../../domain/voice/voice.ts";

type VoiceKey = Pick<Voice, "id" | "partition">;

/** Prefix of all that is stored for a voice in the container `samples`. */
export function voiceFolder({ id, partition }: VoiceKey): string {
  return `${partition}/${id}/`;
}

/** Prefix of the recordings that came with the request. */
export function audioFolder(voice: VoiceKey): string {
  return `${voiceFolder(voice)}audio/`;
}

/** Prefix of the lines that a transcript is made from; not below the prefix that Azure reads. */
export function transcribedFolder(voice: VoiceKey): string {
  return `${voiceFolder(voice)}transcribed/`;
}

/** The blob with a line `name<TAB>text` per recording. */
export function transcriptBlob(voice: VoiceKey): string {
  return `${voiceFolder(voice)}scripts/transcript.txt`;
}
