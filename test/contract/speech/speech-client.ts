export const SPEECH_KEY = "0123456789abcdef0123456789abcdef";

export interface Asked {
  readonly url: string;
  readonly ssml: string;
  readonly format?: string;
  /** After the host. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function synthesize({ url, ssml, format, path, headers }: Asked): Promise<Response> {
  return fetch(`${url}${path ?? "/cognitiveservices/v1"}`, {
    method: "POST",
    headers: {
      "ocp-apim-subscription-key": SPEECH_KEY,
      "content-type": "application/ssml+xml",
      "x-microsoft-outputformat": format ?? "riff-24khz-16bit-mono-pcm",
      "user-agent": "contract-test",
      ...headers,
    },
    body: ssml,
  });
}

export function document(voices: string, locale = "en-US"): string {
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" ` +
    `xmlns:mstts="http://www.w3.org/2001/mstts" xml:lang="${locale}">${voices}</speak>`
  );
}

export function spoken(content: string, voiceName = "en-US-AvaMultilingualNeural"): string {
  return document(`<voice name="${voiceName}">${content}</voice>`);
}

export function personal(content: string, speakerProfileId: string): string {
  const embedding = `<mstts:ttsembedding speakerProfileId="${speakerProfileId}">${content}</mstts:ttsembedding>`;
  return spoken(embedding, "DragonLatestNeural");
}

/** The samples of a WAV file with a header of 44 bytes. */
export function samplesOf(wav: Uint8Array): Int16Array {
  return new Int16Array(wav.slice(44, wav.length - (wav.length % 2)).buffer);
}

export async function spokenSamples(asked: Asked): Promise<Int16Array> {
  const response = await synthesize(asked);
  return samplesOf(new Uint8Array(await response.arrayBuffer()));
}
