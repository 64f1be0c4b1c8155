import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import { requireCredentials } from "../stand-in/credentials.ts";
import type { Credentials } from "../stand-in/credentials.ts";
import type { Exchange, StandInHandler, Upgrade } from "../stand-in/exchange.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { BadSpeechRequest, sendBadSpeechRequest } from "./rest/bad-speech-request.ts";
import type { SpeechRoute } from "./rest/speech-route.ts";
import { SPEECH_SERVICE } from "./speech-service.ts";

interface SpeechHandlerParts {
  readonly upgrade: (upgrade: Upgrade) => boolean;
  readonly routes: readonly SpeechRoute[];
  readonly credentials: Credentials;
  readonly control: StandInControl;
}

export function speechHandler({ routes, upgrade, credentials, control }: SpeechHandlerParts): StandInHandler {
  const answer = async (route: SpeechRoute, exchange: Exchange): Promise<void> => {
    if (exchange.request.method !== route.method) {
      throw new Refusal({ status: 405, code: "MethodNotAllowed" }, "The method is not allowed.", {
        headers: { allow: route.method },
      });
    }
    await requireCredentials(exchange.request, credentials);
    await route.answer(exchange, (facts) =>
      admit(control, exchange, { service: SPEECH_SERVICE, operation: route.operation, facts }),
    );
  };
  return {
    upgrade,
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
