import { z } from "zod";

/** `{voiceId}` in a path. Any text is a possible id: an unknown one is a 404. */
export const voicePath = z.object({ voiceId: z.string().min(1).max(128) });
