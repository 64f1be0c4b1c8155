import type { DocsAsset, DocsAssets } from "../../application/ports/docs-assets.ts";
import type { Route } from "../route.ts";
import { errorsPage } from "./errors-page.ts";
import { htmlPage } from "./html.ts";
import { makeOpenApiDocument, type OpenApiOptions } from "./openapi-document.ts";
import { pageHeaders, REDIRECT_PAGE_HEADERS } from "./page-headers.ts";
import { StaticFile } from "./static-file.ts";

export interface DocsOptions extends OpenApiOptions {
  /** Client id of the single-page application by which Swagger UI signs people in. */
  readonly clientId: string | undefined;
}

export interface DocsSiteParts {
  /** Every route of the API; asked at first use, so that the site's own routes can be among them. */
  readonly routes: () => readonly Route[];
  readonly assets: DocsAssets;
  readonly options: DocsOptions;
}

const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const CSS = "text/css; charset=utf-8";

/** Redoc shows a logo from its vendor's CDN; pages here load nothing from elsewhere. */
const REDOC_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const EMPTY_IMAGE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

/** The documentation pages and what they load; each file is made once, at first use. */
export class DocsSite {
  readonly #parts: DocsSiteParts;
  readonly #files = new Map<string, Promise<StaticFile>>();
  readonly #makers: Readonly<Record<string, () => Promise<StaticFile>>>;

  constructor(parts: DocsSiteParts) {
    this.#parts = parts;
    this.#makers = {
      "openapi.json": () => this.#openApi(),
      docs: () => this.#swaggerPage(),
      redoc: () => this.#redocPage(),
      errors: async () => this.#page(errorsPage()),
      "docs.js": async () => new StaticFile({ contentType: SCRIPT, body: swaggerScript(parts.options) }),
      "redoc.js": async () => new StaticFile({ contentType: SCRIPT, body: REDOC_SCRIPT }),
      "swagger-ui-bundle.js": () => this.#asset("swagger-ui-bundle.js", SCRIPT),
      "swagger-ui.css": () => this.#asset("swagger-ui.css", CSS),
      "oauth2-redirect.html": () => this.#asset("oauth2-redirect.html", HTML, REDIRECT_PAGE_HEADERS),
      "oauth2-redirect.js": () => this.#asset("oauth2-redirect.js", SCRIPT),
      "redoc.standalone.js": () => this.#redocBundle(),
    };
  }

  /** @returns undefined for a name that the site does not have. */
  file(name: string): Promise<StaticFile> | undefined {
    const known = this.#files.get(name);
    if (known !== undefined || !Object.hasOwn(this.#makers, name)) {
      return known;
    }
    const made = this.#makers[name]?.();
    if (made !== undefined) {
      this.#files.set(name, made);
      made.catch(() => this.#files.delete(name));
    }
    return made;
  }

  async #openApi(): Promise<StaticFile> {
    const document = await makeOpenApiDocument(this.#parts.routes(), this.#parts.options);
    return new StaticFile({ contentType: "application/json", body: JSON.stringify(document) });
  }

  async #swaggerPage(): Promise<StaticFile> {
    const [css, bundle, script] = await this.#urls("swagger-ui.css", "swagger-ui-bundle.js", "docs.js");
    return this.#page(
      htmlPage({
        title: "Azure Voice Cloning API",
        head: `<link rel="stylesheet" href="${css}">`,
        body: `<div id="swagger-ui"></div><script src="${bundle}"></script><script src="${script}"></script>`,
      }),
    );
  }

  async #redocPage(): Promise<StaticFile> {
    const [bundle, script] = await this.#urls("redoc.standalone.js", "redoc.js");
    return this.#page(
      htmlPage({
        title: "Azure Voice Cloning API",
        head: "",
        body: `<div id="redoc"></div><script src="${bundle}"></script><script src="${script}"></script>`,
      }),
    );
  }

  #page(body: string): StaticFile {
    const { origin } = new URL(this.#parts.options.signIn.authority);
    return new StaticFile({ contentType: HTML, body, headers: pageHeaders(origin) });
  }

  async #asset(
    name: DocsAsset,
    contentType: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<StaticFile> {
    return new StaticFile({ contentType, body: await this.#parts.assets.read(name), headers });
  }

  async #redocBundle(): Promise<StaticFile> {
    const bytes = await this.#parts.assets.read("redoc.standalone.js");
    const body = new TextDecoder().decode(bytes).replaceAll(REDOC_LOGO, EMPTY_IMAGE);
    return new StaticFile({ contentType: SCRIPT, body });
  }

  #urls(...names: readonly string[]): Promise<readonly string[]> {
    return Promise.all(
      names.map(async (name) => `/docs/${name}?v=${(await this.file(name))?.version ?? ""}`),
    );
  }
}

const REDOC_SCRIPT = `Redoc.init("/openapi.json", { disableSearch: true, hideDownloadButton: false },
  document.getElementById("redoc"));
`;

/** Swagger UI plays audio by asking for its URL again, which works for GET only; this plays the bytes that came. */
const AUDIO_PLUGIN = `const playAudio = (system) => ({
  wrapComponents: {
    responseBody: (Original) => (props) =>
      /^audio\\//.test(props.contentType) && props.content instanceof Blob
        ? system.React.createElement("audio", { controls: true, src: URL.createObjectURL(props.content) })
        : system.React.createElement(Original, props),
  },
});`;

function swaggerScript({ clientId, signIn }: DocsOptions): string {
  const oauth = { clientId, scopes: signIn.scope, usePkceWithAuthorizationCodeGrant: true };
  return `${AUDIO_PLUGIN}
const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [playAudio],
  oauth2RedirectUrl: new URL("/docs/oauth2-redirect.html", location.href).href,
  validatorUrl: null,
  deepLinking: true,
});
ui.initOAuth(${JSON.stringify(oauth)});
`;
}
