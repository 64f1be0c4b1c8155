import { z } from "zod";
import { AUDIO_FORMATS } from "../../domain/speech/audio/audio-format.ts";

const bytes = z.string().meta({ format: "binary" });

/** Every media type of audio that a route may answer. */
export const AUDIO_CONTENT: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  AUDIO_FORMATS.map(({ contentType }) => [contentType.split(";", 1)[0] ?? contentType, bytes]),
);
