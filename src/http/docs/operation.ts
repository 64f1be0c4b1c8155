import { z } from "zod";
import type {
  ZodOpenApiContentObject,
  ZodOpenApiOperationObject,
  ZodOpenApiParameters,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponsesObject,
} from "zod-openapi";
import { leastRoleFor } from "../../domain/access/permissions.ts";
import type { BodySpec, ResponseSpec, RouteSpec } from "../route.ts";
import { exampleFor } from "./examples/examples.ts";
import type { OperationExample } from "./examples/operation-example.ts";
import { problemName, problemStatusesOf } from "./problem-responses.ts";
import { SECURITY_SCHEMES } from "./security-schemes.ts";

/** What OpenAPI says of one route. */
export function operationOf(spec: RouteSpec): ZodOpenApiOperationObject {
  const example = exampleFor(spec.operationId);
  return {
    operationId: spec.operationId,
    tags: [spec.tag],
    summary: spec.summary,
    description: descriptionOf(spec),
    security: spec.permission === "public" ? [] : SECURITY_SCHEMES.map((name) => ({ [name]: [] })),
    requestParams: parametersOf(spec),
    ...(spec.body === undefined ? {} : { requestBody: requestBodyOf(spec.body, example) }),
    responses: responsesOf(spec, example),
  };
}

function descriptionOf({ description, permission }: RouteSpec): string {
  const access =
    permission === "public"
      ? "Needs no token."
      : `Needs the permission \`${permission}\`: the app role \`${leastRoleFor(permission)}\` or a higher one.`;
  return [description, access].filter((part) => part !== undefined).join("\n\n");
}

function parametersOf(spec: RouteSpec): ZodOpenApiParameters {
  const header = headersOf(spec);
  return {
    ...(spec.pathSchema === undefined ? {} : { path: objectSchema(spec.pathSchema, spec) }),
    ...(spec.querySchema === undefined ? {} : { query: objectSchema(spec.querySchema, spec) }),
    ...(header === undefined ? {} : { header }),
  };
}

/** Headers that mean the same on every route of a kind. */
function headersOf({ method, idempotent }: RouteSpec): z.ZodObject | undefined {
  if (method !== "PUT" && method !== "DELETE" && idempotent !== true) {
    return undefined;
  }
  return idempotent === true
    ? z.object({
        "Idempotency-Key": z
          .string()
          .max(255)
          .optional()
          .describe("The same key with the same body gives the first answer again, for 24 hours"),
      })
    : z.object({
        "If-Match": z.string().optional().describe("ETag of the version that the change is for"),
      });
}

/** OpenAPI wants parameters one by one. */
function objectSchema(schema: z.ZodType, spec: RouteSpec): z.ZodObject {
  if (!(schema instanceof z.ZodObject)) {
    throw new TypeError(`The parameters of ${spec.operationId} are no object schema.`);
  }
  return schema;
}

function requestBodyOf(body: BodySpec<unknown>, example: OperationExample): ZodOpenApiRequestBodyObject {
  const content = body.mediaTypes.map((mediaType): [string, ZodOpenApiContentObject[string]] => {
    if (mediaType === "text/plain" || mediaType === "application/ssml+xml") {
      return [mediaType, { schema: z.string() }];
    }
    const shown = mediaType === "multipart/form-data" ? example.form : example.request;
    return [mediaType, { schema: body.schema, ...(shown === undefined ? {} : { example: shown }) }];
  });
  return { required: body.optional !== true, content: Object.fromEntries(content) };
}

function responsesOf(spec: RouteSpec, example: OperationExample): ZodOpenApiResponsesObject {
  const problems = problemStatusesOf(spec).map((status) => [
    String(status),
    { $ref: `#/components/responses/${problemName(status)}` },
  ]);
  const own = Object.entries(spec.responses).map(([status, response]) => [
    status,
    responseOf(response, example.responses?.[Number(status)]),
  ]);
  return Object.fromEntries([...problems, ...own]);
}

function responseOf({ description, content, headers }: ResponseSpec, example: unknown) {
  const media = Object.entries(content ?? {}).map(([mediaType, schema]) => {
    const isExample = mediaType === "application/json" && example !== undefined;
    return [mediaType, { schema, ...(isExample ? { example } : {}) }];
  });
  const headerObjects = Object.entries(headers ?? {}).map(([name, text]) => [
    name,
    { description: text, schema: { type: "string" } },
  ]);
  return {
    description,
    ...(media.length === 0 ? {} : { content: Object.fromEntries(media) }),
    ...(headerObjects.length === 0 ? {} : { headers: Object.fromEntries(headerObjects) }),
  };
}
