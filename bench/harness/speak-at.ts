import { LOCAL_KEY } from "../../local/stack/local-settings.ts";
import { type TimedAnswer, timedRequest } from "./timed-request.ts";

/** Asks a Speech service itself. */
export async function speakAt(baseUrl: string, ssml: string, format: string): Promise<TimedAnswer> {
  return timedRequest({
    url: `${baseUrl}/cognitiveservices/v1`,
    method: "POST",
    headers: {
      "ocp-apim-subscription-key": LOCAL_KEY,
      "content-type": "application/ssml+xml",
      "x-microsoft-outputformat": format,
      "user-agent": "bench",
    },
    body: ssml,
  });
}
