import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";
import { matchPath } from "../../src/http/path-template.ts";

const content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() }));
const response = z.object({ content: content.optional(), $ref: z.string().optional() });
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), response) }))),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), response),
  }),
});

/** The app answered what its description does not have. */
export class UndescribedAnswer extends Error {
  override readonly name = "UndescribedAnswer";
}

/** Compares real answers with the committed description of the API. */
export class DescribedAnswers {
  readonly #document = documentSchema.parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "api", components: this.#document.components });
  }

  /** @throws {@link UndescribedAnswer} for a status, media type or JSON body that the description does not have for this route. */
  async check(method: string, url: string, answer: Response): Promise<void> {
    const path = this.#templateOf(method, new URL(url).pathname);
    if (path === undefined) {
      return;
    }
    const name = `${method} ${path} ${answer.status}`;
    const described = this.#responseOf(path, method, answer.status);
    if (described === undefined) {
      throw new UndescribedAnswer(`The description has no ${name}.`);
    }
    const mediaType = answer.headers.get("content-type")?.split(";", 1)[0] ?? "";
    if (mediaType === "application/json" || mediaType.endsWith("+json")) {
      this.#assertJson(name, described.content?.[mediaType]?.schema, await answer.clone().json());
    }
  }

  #templateOf(method: string, pathname: string): string | undefined {
    const fitting = Object.entries(this.#document.paths)
      .filter(
        ([path, item]) => item[method.toLowerCase()] !== undefined && matchPath(path, pathname) !== undefined,
      )
      .map(([path]) => path);
    return fitting.find((path) => !path.includes("{")) ?? fitting[0];
  }

  #responseOf(path: string, method: string, status: number): z.output<typeof response> | undefined {
    const found = this.#document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    const reference = found?.$ref?.split("/").at(-1);
    return reference === undefined ? found : this.#document.components.responses[reference];
  }

  #assertJson(name: string, schema: Readonly<Record<string, unknown>> | undefined, body: unknown): void {
    if (schema === undefined) {
      throw new UndescribedAnswer(`The description has no JSON for ${name}.`);
    }
    const validate = this.#validators.get(name) ?? this.#ajv.compile(absolute(schema));
    this.#validators.set(name, validate);
    if (!validate(body)) {
      throw new UndescribedAnswer(`${name} is not as described: ${this.#ajv.errorsText(validate.errors)}`);
    }
  }
}

/** References inside the document are references into the schema that is registered as `api`. */
function absolute(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
