import { STATUS_CODES } from "node:http";
import { WebSocketServer } from "ws";
import type { StandInControl } from "../../faults/control.ts";
import { isSameText } from "../../stand-in/credentials.ts";
import type { Credentials } from "../../stand-in/credentials.ts";
import type { Upgrade } from "../../stand-in/exchange.ts";
import type { SpeechEngine } from "../engine/speech-engine.ts";
import { SPEECH_SERVICE } from "../speech-service.ts";
import type { SpeechState } from "../speech-state.ts";
import { SpeechConnection } from "./speech-connection.ts";

const PATH = /^(?:\/tts|\/voice)?\/cognitiveservices\/websocket\/(v1|v2)\/?$/;
const OPERATION = "connectWebsocket";
/** Far above the limit of a turn, which is refused with a reason of its own. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

interface SpeechUpgradeParts {
  readonly engine: SpeechEngine;
  readonly state: SpeechState;
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly onError: (error: unknown) => void;
}

/** Takes the websocket connections of the Speech service; compression is not offered. */
export function speechUpgrade(parts: SpeechUpgradeParts): (upgrade: Upgrade) => boolean {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  const accept = async (upgrade: Upgrade, version: string): Promise<void> => {
    const status = await refusalStatus(upgrade, version, parts);
    if (status !== undefined) {
      refuse(upgrade, status);
      return;
    }
    const deploymentId = upgrade.url.searchParams.get("deploymentId") ?? undefined;
    server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
      const connection = new SpeechConnection(socket, { ...parts, deploymentId });
      connection.listen();
    });
  };
  return (upgrade) => {
    const version = PATH.exec(upgrade.url.pathname)?.[1];
    if (version === undefined) {
      return false;
    }
    accept(upgrade, version).catch((error: unknown) => {
      parts.onError(error);
      upgrade.socket.destroy();
    });
    return true;
  };
}

/** @returns the status of a refusal: text streaming (v2) is not implemented here. */
async function refusalStatus(
  { url, request }: Upgrade,
  version: string,
  { credentials, control }: SpeechUpgradeParts,
): Promise<number | undefined> {
  if (!(await isAuthenticated(url, request.headers, credentials))) {
    return 401;
  }
  if (version === "v2") {
    return 501;
  }
  control.calls.add({ service: SPEECH_SERVICE, operation: OPERATION });
  const facts = { service: SPEECH_SERVICE, operation: OPERATION, path: url.pathname };
  const fault = control.faults.take(facts, ["throttle", "status"]);
  return fault?.kind === "throttle" ? 429 : fault?.status;
}

/** The query counts first: browsers, and clients that use the browser's websocket, can send no headers. */
async function isAuthenticated(
  { searchParams }: URL,
  headers: Upgrade["request"]["headers"],
  { key, acceptsToken }: Credentials,
): Promise<boolean> {
  const sentKey = searchParams.get("Ocp-Apim-Subscription-Key") ?? headers["ocp-apim-subscription-key"];
  if (typeof sentKey === "string") {
    return isSameText(sentKey, key);
  }
  const authorization = searchParams.get("Authorization") ?? headers.authorization ?? "";
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  return token !== undefined && (await acceptsToken?.(token)) === true;
}

function refuse({ socket }: Upgrade, status: number): void {
  const reason =
    status === 501 ? "Text streaming (websocket v2) is not supported here" : STATUS_CODES[status];
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
