import { randomUUID } from "node:crypto";
import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import { requireCredentials } from "../stand-in/credentials.ts";
import type { Credentials } from "../stand-in/credentials.ts";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";
import { detectLanguage } from "./detect-language.ts";
import { describeLanguages } from "./languages.ts";
import { parseTranslateRequest } from "./translate-request.ts";
import type { TranslationInput } from "./translate-request.ts";
import { translateText } from "./translate-text.ts";
import { sendTranslatorError, translatorRefusal } from "./translator-refusal.ts";

const SERVICE = "translator";
const API_VERSION = "2026-06-06";
const BODY_LIMIT_BYTES = 1024 * 1024;

/** The global host serves the short paths, a resource's own host those with the prefix. */
const PATH_PATTERN = /^(?:\/translator\/text)?\/(languages|translate)\/?$/;

const METHODS = { languages: "GET", translate: "POST" } as const;

export interface TranslatorOptions {
  readonly credentials: Credentials;
  readonly control: StandInControl;
}

/** Translator `2026-06-06` without transliteration and LLM deployments. */
export function translatorHandler(options: TranslatorOptions): StandInHandler {
  return {
    async handle(exchange) {
      const operation = operationOf(exchange.url);
      if (operation === undefined) {
        return false;
      }
      try {
        exchange.response.setHeader("x-requestid", randomUUID());
        if (await admit(options.control, exchange, { service: SERVICE, operation })) {
          checkCall(exchange, METHODS[operation]);
          await (operation === "languages" ? answerLanguages(exchange) : answerTranslate(options, exchange));
        }
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        sendTranslatorError(exchange.response, error);
      }
      return true;
    },
  };
}

function operationOf(url: URL): keyof typeof METHODS | undefined {
  const name = PATH_PATTERN.exec(url.pathname)?.[1];
  return name === "languages" || name === "translate" ? name : undefined;
}

function checkCall({ request, url }: Exchange, method: string): void {
  if (request.method !== method) {
    throw translatorRefusal(405000);
  }
  if (url.searchParams.get("api-version") !== API_VERSION) {
    throw translatorRefusal(400021);
  }
  const traceId = request.headers["x-clienttraceid"];
  if (typeof traceId === "string" && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(traceId)) {
    throw translatorRefusal(400043);
  }
}

function answerLanguages({ request, response, url }: Exchange): void {
  const { body, etag } = describeLanguages(url.searchParams.get("scope"), request.headers["accept-language"]);
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  sendJson(response, { status: 200, body, headers: { etag } });
}

async function answerTranslate(
  { credentials }: TranslatorOptions,
  { request, response }: Exchange,
): Promise<void> {
  await checkCredentials(request.headers["ocp-apim-subscription-region"], () =>
    requireCredentials(request, credentials),
  );
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw translatorRefusal(415000);
  }
  const inputs = parseTranslateRequest(parseJson(await readBody(request, BODY_LIMIT_BYTES)));
  const usage = inputs.reduce((sum, { text, targets }) => sum + text.length * targets.length, 0);
  sendJson(response, {
    status: 200,
    body: { value: inputs.map(translate) },
    headers: { "x-mt-system": "Microsoft", "x-metered-usage": String(usage) },
  });
}

/** The client sends the text "undefined" as region when it is given none; no resource has that region. */
async function checkCredentials(region: unknown, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch {
    throw translatorRefusal(401000);
  }
  if (region === "undefined") {
    throw translatorRefusal(401000, "The region is not valid.");
  }
}

function translate({ text, isHtml, from, targets }: TranslationInput): object {
  const detectedLanguage = from === undefined ? detectLanguage(text) : undefined;
  const source = from ?? detectedLanguage?.language ?? "en";
  return {
    ...(detectedLanguage && { detectedLanguage }),
    translations: targets.map((to) => ({
      language: to,
      text: translateText({ text, isHtml, from: source, to }),
      sourceCharacters: text.length,
    })),
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw translatorRefusal(400074);
  }
}
