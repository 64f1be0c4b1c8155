import { mkdir, writeFile } from "node:fs/promises";
import { generatedDocs } from "./generated-docs.ts";

await mkdir("docs", { recursive: true });
for (const [file, content] of await generatedDocs()) {
  await writeFile(file, content);
  console.log(file);
}
