import type { ApiUser } from "../harness/api-user.ts";
import type { BenchContext } from "../harness/bench-context.ts";
import type { Contender } from "../harness/interleave.ts";
import type { TimedAnswer } from "../harness/timed-request.ts";

export const VOICE = "en-US-AvaMultilingualNeural";

/** Without frames or headers: the first byte is the first sound for everybody. */
const FORMAT = "pcm";
const AZURE_FORMAT = "raw-24khz-16bit-mono-pcm";

/** Nobody has spoken it before, so that no cache answers. */
let texts = 0;
function newText(): string {
  texts += 1;
  return `The library opens at nine, and closes at ${texts}.`;
}

/** The same sentence spoken by the service itself, through a bare proxy, and by the API. */
export async function speechContenders(
  context: BenchContext,
  path: "/api/v1/synthesis/speak" | "/api/v1/synthesis/speak/stream",
): Promise<readonly [Contender, ...Contender[]]> {
  const user = await context.user();
  return [
    contender("directly", (text) => context.speakDirectly(ssmlOf(text), AZURE_FORMAT)),
    contender("bare proxy", (text) => context.speakThroughProxy(ssmlOf(text), AZURE_FORMAT)),
    contender("API, nothing kept", viaApi(user, path, { cache: "bypass", store: false })),
    contender("API, cached and kept", viaApi(user, path, {})),
  ];
}

function contender(name: string, speak: (text: string) => Promise<TimedAnswer>): Contender {
  return {
    name,
    run: async () => {
      const { firstByteMs, wholeMs } = await speak(newText());
      return { "first byte": firstByteMs, whole: wholeMs };
    },
  };
}

function viaApi(user: ApiUser, path: string, extra: object) {
  return (text: string) => user.post(path, { text, voice: VOICE, format: FORMAT, ...extra });
}

export function ssmlOf(text: string): string {
  return `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><voice name="${VOICE}">${text}</voice></speak>`;
}
