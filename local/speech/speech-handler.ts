import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import { requireCredentials } from "../stand-in/credentials.ts";
import type { Credentials } from "../stand-in/credentials.ts";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { BadSpeechRequest, sendBadSpeechRequest } from "./rest/bad-speech-request.ts";
import type { SpeechRoute } from "./rest/speech-route.ts";

/** What faults and counts know this stand-in by. */
export const SPEECH_SERVICE = "speech";

interface SpeechHandlerParts {
  readonly routes: readonly SpeechRoute[];
  readonly credentials: Credentials;
  readonly control: StandInControl;
}

/** The REST side of the Speech service. */
export function speechHandler({ routes, credentials, control }: SpeechHandlerParts): StandInHandler {
  const answer = async (route: SpeechRoute, exchange: Exchange): Promise<void> => {
    if (exchange.request.method !== route.method) {
      throw new Refusal({ status: 405, code: "MethodNotAllowed" }, "The method is not allowed.", {
        headers: { allow: route.method },
      });
    }
    await requireCredentials(exchange.request, credentials);
    const call = { service: SPEECH_SERVICE, operation: route.operation };
    if (await admit(control, exchange, call)) {
      await route.answer(exchange);
    }
  };
  return {
    async handle(exchange) {
      const route = routes.find(({ path }) => path.test(exchange.url.pathname));
      if (route === undefined) {
        return false;
      }
      try {
        await answer(route, exchange);
      } catch (error) {
        if (!(error instanceof BadSpeechRequest) || exchange.response.headersSent) {
          throw error;
        }
        sendBadSpeechRequest(exchange.response, error);
      }
      return true;
    },
  };
}
