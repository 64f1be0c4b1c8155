import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { settings } from "../../../src/config.ts";

const openApiSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const { paths } = openApiSchema.parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
const pages = globSync("docs/{*,adr/*}.md").map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** Of `azd`, the local stack and what the documentation says to be gone. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
  "ALERT_EMAIL",
  "API_URL",
  "BUDGET_START",
  "AZURE_CLIENT_SECRET",
  "AZURE_STORAGE_CONTAINER",
  "DATA_DIR",
  "DROP_FUNCTION_NAME",
  "HOST",
  "PORT",
]);

const ORIGINAL_SETTINGS = (
  "ENVIRONMENT APP_VERSION HOST PORT AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_AUDIENCE " +
  "AZURE_SPEECH_KEY AZURE_SPEECH_REGION AZURE_TRANSLATOR_KEY AZURE_TRANSLATOR_REGION AZURE_OPENAI_API_KEY " +
  "AZURE_OPENAI_ENDPOINT DATABASE_URL COSMOS_DB_ENDPOINT COSMOS_DB_KEY AZURE_STORAGE_CONNECTION_STRING " +
  "AZURE_STORAGE_CONTAINER LOG_LEVEL LOG_REQUESTS LOG_RESPONSES LOG_REQUEST_BODY LOG_RESPONSE_BODY LOG_HEADERS " +
  "RATE_LIMITING_ENABLED RATE_LIMIT_DEFAULT RATE_LIMIT_SYNTHESIS RATE_LIMIT_TRAINING ALLOWED_ORIGINS " +
  "ALLOWED_HOSTS ERROR_INCLUDE_TRACEBACK"
).split(" ");

function exists(method: string, route: string): boolean {
  return paths[route]?.[method.toLowerCase()] !== undefined;
}

describe("the documentation", () => {
  it("names only routes that the API has", () => {
    const named = pages
      .filter(({ file }) => !file.endsWith("migration.md"))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/`(GET|POST|PUT|DELETE) (\/[^`?]*)[^`]*`/g)].map(([, method = "", route = ""]) => ({
          file,
          method,
          route,
        })),
      );

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ method, route }) => !exists(method, route))).toEqual([]);
  });

  it("leads every route of the Python service to one that the API has", () => {
    const text = readFileSync("docs/migration.md", "utf8");
    const rows = [...text.matchAll(/^\| `(?:GET|POST|PUT|DELETE) [^`]*` +\| `(\w+) ([^`]*)`/gm)];

    expect(rows).toHaveLength(20);
    expect(rows.filter(([, method = "", route = ""]) => !exists(method, route))).toEqual([]);
  });

  it("leads every setting of the Python service somewhere", () => {
    const text = readFileSync("docs/migration.md", "utf8");
    const rows = [...text.matchAll(/^\| `([A-Z_]+)` +\| /gm)].map(([, name = ""]) => name);

    expect(rows.toSorted()).toEqual(ORIGINAL_SETTINGS.toSorted());
  });

  it("names only settings that the code reads", () => {
    const known = new Set([...Object.keys(settings.shape), ...OTHER_NAMES]);
    const named = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(
        ([, name = ""]) => `${file} ${name}`,
      ),
    );

    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((one) => !known.has(one.split(" ")[1] ?? ""))).toEqual([]);
  });

  it("names the function that reads the drop folder as the code does", () => {
    const source = readFileSync("src/functions/register-drop-folder.ts", "utf8");
    const name = /app\.storageBlob\("(\w+)"/.exec(source)?.[1] ?? "none";

    expect(readFileSync("docs/deployment.md", "utf8")).toContain(`DROP_FUNCTION_NAME ${name}\n`);
  });

  it("has no link to a page that is not there", () => {
    const links = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^):#]+)\)/g)].map(([, target = ""]) => path.join(path.dirname(file), target)),
    );

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((target) => !existsSync(target))).toEqual([]);
  });
});
