import { errorsMarkdown } from "../src/http/docs/errors-page.ts";
import { makeOpenApiDocument } from "../src/http/docs/openapi-document.ts";
import { describedRoutes } from "./described-routes.ts";
import { settingsMarkdown } from "./settings-page.ts";

/** File → the content that the code says it must have. */
export async function generatedDocs(): Promise<ReadonlyMap<string, string>> {
  const document = await makeOpenApiDocument(describedRoutes(), {
    version: "0.1.0",
    signIn: {
      authority: "https://login.microsoftonline.com",
      tenantId: "common",
      scope: "api://voice-cloning/access_as_user",
    },
  });
  return new Map([
    ["docs/openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    ["docs/errors.md", errorsMarkdown()],
    ["docs/settings.md", settingsMarkdown()],
  ]);
}
