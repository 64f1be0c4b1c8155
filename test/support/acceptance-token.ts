import { localToken } from "./api-client.ts";

/** `TOKEN` for a deployed app, a trainer's token for the local stack. */
export async function acceptanceToken(dataDirectory: string): Promise<string> {
  return (
    process.env["TOKEN"] ??
    localToken(dataDirectory, { subject: { kind: "user", name: "acceptance" }, roles: ["Voice.Trainer"] })
  );
}
