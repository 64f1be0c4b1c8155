import { wavHeader } from "../speech/audio/wav-header.ts";
import type { Enroll } from "../speech/custom-voice/context.ts";
import type { Recording } from "../speech/custom-voice/recording.ts";
import { enroll } from "../speech/voice/enroll.ts";

/** The custom voice part keeps samples, enrolment reads files. */
export const enrollRecordings: Enroll = (recordings) => enroll(recordings.map(wavFile));

function wavFile({ samples, sampleRateHz }: Recording): Uint8Array {
  const header = wavHeader({ codec: "pcm", sampleRateHz }, samples.byteLength);
  return Buffer.concat([header, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
