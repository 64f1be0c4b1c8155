import type { UploadCollection } from "../uploads/upload.ts";
import type { VoiceCollection } from "../voices/voice-ref.ts";

export interface FreeUploadPorts {
  readonly uploads: UploadCollection;
  readonly voices: VoiceCollection;
}

/**
 * Gives back an upload whose time ended before then, and whose voice does not exist: `removeExpiredUploads` finds it.
 *
 * @returns whether it was given back.
 */
export async function freeUpload(
  { uploads, voices }: FreeUploadPorts,
  { ownerId, id }: { readonly ownerId: string; readonly id: string },
  before: Date,
): Promise<boolean> {
  const upload = await uploads.read(ownerId, id);
  if (upload === undefined || upload.voiceId === null || upload.expiresAt >= before.toISOString()) {
    return false;
  }
  if ((await voices.read(ownerId, upload.voiceId)) !== undefined) {
    return false;
  }
  const { etag, ...document } = upload;
  await uploads.replace({ ...document, voiceId: null }, etag);
  return true;
}
