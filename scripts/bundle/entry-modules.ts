import type { Metafile } from "esbuild";
import { ENTRY_OUTPUT } from "./bundle.ts";

/** Packages that cost tens of milliseconds or more to load, so that only `import()` may reach them. */
const HEAVY_PACKAGES: readonly string[] = [
  "@azure-rest/ai-translation-text",
  "@azure/cosmos",
  "@azure/identity",
  "@azure/keyvault-secrets",
  "@azure/monitor-opentelemetry",
  "@azure/storage-blob",
  "@fastify/busboy",
  "applicationinsights",
  "client-zip",
  "microsoft-cognitiveservices-speech-sdk",
  "mpg123-decoder",
  "openai",
  "pg",
  "zod-openapi",
];

/** Every chunk that is loaded before the first request: the entry and what it imports statically. */
export function entryChunks({ outputs }: Metafile): ReadonlySet<string> {
  const chunks = new Set<string>();
  const waiting = [ENTRY_OUTPUT];
  for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
    if (!chunks.has(chunk)) {
      chunks.add(chunk);
      const imports = outputs[chunk]?.imports ?? [];
      waiting.push(
        ...imports
          .filter(({ kind, external }) => kind === "import-statement" && external !== true)
          .map(({ path }) => path),
      );
    }
  }
  return chunks;
}

/** Heavy packages that the cold start would load, each once. */
export function heavyEntryPackages(metafile: Metafile): readonly string[] {
  const inputs = [...entryChunks(metafile)].flatMap((chunk) =>
    Object.entries(metafile.outputs[chunk]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => packageOf(input)),
  );
  return HEAVY_PACKAGES.filter((name) => inputs.includes(name));
}

function packageOf(input: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
}
