const TEXT_MEDIA_TYPE = /^(?:application\/(?:problem\+)?json|application\/ssml\+xml|text\/plain)\b/i;

const MAX_CAPTURED_BYTES = 16 * 1024;

/** A copy of a small text body for the log; undefined for audio, forms, streams and anything large. */
export async function capturedText(message: Request | Response): Promise<string | undefined> {
  if (
    message.body === null ||
    message.bodyUsed ||
    !TEXT_MEDIA_TYPE.test(message.headers.get("content-type") ?? "")
  ) {
    return undefined;
  }
  const declaredBytes = message.headers.get("content-length");
  if (message instanceof Request && (declaredBytes === null || Number(declaredBytes) > MAX_CAPTURED_BYTES)) {
    return undefined;
  }
  const text = await message.clone().text();
  return text.length > MAX_CAPTURED_BYTES ? undefined : text;
}
