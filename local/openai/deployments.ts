import { Refusal } from "../stand-in/refusal.ts";

/** What a deployment can do; `basic-speech` is tts-1, which takes neither instructions nor events. */
export type DeploymentKind = "speech" | "basic-speech" | "transcribe" | "whisper" | "chat";

/** Deployment names and what is behind them. */
export type Deployments = Readonly<Record<string, DeploymentKind>>;

export const DEFAULT_DEPLOYMENTS: Deployments = {
  "gpt-4o-mini-tts": "speech",
  "tts-1": "basic-speech",
  "gpt-4o-transcribe": "transcribe",
  whisper: "whisper",
  "gpt-4o-mini": "chat",
};

/**
 * @throws {@link Refusal} 404 when there is no such deployment, 400 when it cannot do any of what is needed.
 */
export function requireDeployment<Kind extends DeploymentKind>(
  deployments: Deployments,
  name: string,
  kinds: readonly Kind[],
): Kind {
  const kind = Object.hasOwn(deployments, name) ? deployments[name] : undefined;
  if (kind === undefined) {
    throw new Refusal(
      { status: 404, code: "DeploymentNotFound" },
      "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, " +
        "please wait a moment and try again.",
    );
  }
  const match = kinds.find((one) => one === kind);
  if (match === undefined) {
    throw new Refusal(
      { status: 400, code: "OperationNotSupported" },
      `The operation does not work with the specified model, ${name}.`,
    );
  }
  return match;
}
