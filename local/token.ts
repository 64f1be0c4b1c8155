import { parseArgs } from "node:util";
import { isRole, ROLES } from "../src/domain/access/permissions.ts";
import { issueAccessToken } from "./entra/access-token.ts";
import { LOCAL_APP_ID_URI } from "./entra/registration.ts";
import { SigningKeys } from "./entra/signing-keys.ts";
import { dataDirectoryOf } from "./stack/stack-place.ts";

const USAGE = `usage: npm run --silent token -- [Voice.Role ...] [--user name]
roles: ${ROLES.join(", ")} (default: Voice.Admin)`;

try {
  console.log(await tokenFor(process.argv.slice(2)));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
}

async function tokenFor(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { user: { type: "string", default: "dev" } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((role) => !isRole(role));
  if (unknown.length > 0) {
    throw new Error(`unknown role: ${unknown.join(", ")}`);
  }
  if (values.user.trim() === "") {
    throw new Error("--user needs a name");
  }
  const keys = await SigningKeys.openExisting(dataDirectoryOf(process.env));
  return issueAccessToken(
    { keys, audience: process.env["AZURE_AUDIENCE"] ?? LOCAL_APP_ID_URI, now: () => new Date() },
    {
      subject: { kind: "user", name: values.user },
      roles: positionals.length === 0 ? ["Voice.Admin"] : positionals,
    },
  );
}
