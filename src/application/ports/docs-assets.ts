/** Files of the documentation pages that come from packages. */
export const DOCS_ASSETS = [
  "swagger-ui-bundle.js",
  "swagger-ui.css",
  "oauth2-redirect.html",
  "oauth2-redirect.js",
  "redoc.standalone.js",
] as const;
export type DocsAsset = (typeof DOCS_ASSETS)[number];

export interface DocsAssets {
  read(name: DocsAsset): Promise<Uint8Array<ArrayBuffer>>;
}
