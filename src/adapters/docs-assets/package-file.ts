import { createRequire } from "node:module";
import type { DocsAsset } from "../../application/ports/docs-assets.ts";

const PACKAGE_FILES: Readonly<Record<DocsAsset, string>> = {
  "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
  "oauth2-redirect.html": "swagger-ui-dist/oauth2-redirect.html",
  "oauth2-redirect.js": "swagger-ui-dist/oauth2-redirect.js",
  "redoc.standalone.js": "redoc/bundles/redoc.standalone.js",
};

/** Where an installed package has the file. */
export function packageFileOf(name: DocsAsset): string {
  return createRequire(import.meta.url).resolve(PACKAGE_FILES[name]);
}
