import { Refusal } from "../../stand-in/refusal.ts";
import type { SpeechTokens } from "../tokens.ts";
import type { AnswerSpeech } from "./speech-route.ts";

/** `POST /sts/v1.0/issueToken`: only a key is worth a token. */
export function issueToken(tokens: SpeechTokens): AnswerSpeech {
  return async ({ request, response }, admit) => {
    if (request.headers["ocp-apim-subscription-key"] === undefined) {
      throw new Refusal({ status: 401, code: "401" }, "Access denied: a token is only issued for a key.");
    }
    if (await admit({})) {
      const token = await tokens.issue();
      response.writeHead(200, { "content-type": "text/plain; charset=us-ascii" });
      response.end(token);
    }
  };
}
