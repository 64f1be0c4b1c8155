import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { readBody } from "../stand-in/read-body.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { authorize, type CosmosCredentials } from "./http/authorization.ts";
import { type CosmosAnswer, sendAnswer, sendRefusal } from "./http/cosmos-answer.ts";
import { CosmosRequest } from "./http/cosmos-request.ts";
import { answerDocuments, documentOperationName } from "./http/document-routes.ts";
import { account, oneResource, partitionKeyRanges, resourceFeed } from "./http/resource-routes.ts";
import { notImitated, queryRefusal } from "./refusals.ts";
import type { DatabaseFile } from "./resources/database-file.ts";
import { ResourceStore } from "./resources/resource-store.ts";
import { QueryError } from "./sql/query-error.ts";

/** Above every limit that has an answer of its own. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

export interface CosmosHandlerOptions {
  readonly file: DatabaseFile;
  readonly credentials: CosmosCredentials;
  /** Milliseconds since 1970; decides about time to live. */
  readonly now: () => number;
  /** Default: no faults. */
  readonly control?: StandInControl | undefined;
}

/** The REST protocol of Azure Cosmos DB for NoSQL. */
export class CosmosHandler implements StandInHandler {
  readonly #options: CosmosHandlerOptions;
  readonly #resources: ResourceStore;

  constructor(options: CosmosHandlerOptions) {
    this.#options = options;
    this.#resources = new ResourceStore(options.file, () => this.#nowSeconds());
  }

  async handle(exchange: Exchange): Promise<boolean> {
    try {
      await this.#answer(exchange);
    } catch (error) {
      sendRefusal(exchange.response, refusalOf(error));
    }
    return true;
  }

  async #answer(exchange: Exchange): Promise<void> {
    const text = (await readBody(exchange.request, MAX_BODY_BYTES)).toString();
    const request = new CosmosRequest(exchange.request, text);
    await authorize(request, this.#options.credentials);
    const { control } = this.#options;
    if (control === undefined || (await admit(control, exchange, callOf(request)))) {
      sendAnswer(exchange.response, this.#route(request));
    }
  }

  #route(request: CosmosRequest): CosmosAnswer {
    const { segments } = request;
    const kinds = segments.filter((_, index) => index % 2 === 0).join("/");
    const isFeed = segments.length % 2 === 1;
    switch (kinds) {
      case "":
        return account(request);
      case "dbs":
      case "dbs/colls": {
        const kind = kinds === "dbs" ? "dbs" : "colls";
        return isFeed
          ? resourceFeed(this.#resources, request, kind)
          : oneResource(this.#resources, request, kind);
      }
      case "dbs/colls/pkranges":
        return partitionKeyRanges(this.#resources, request);
      case "dbs/colls/docs": {
        const context = {
          file: this.#options.file,
          resources: this.#resources,
          nowSeconds: this.#nowSeconds(),
        };
        return answerDocuments(context, request);
      }
      default:
        throw notImitated(`'${request.resourceType}'`);
    }
  }

  #nowSeconds(): number {
    return Math.floor(this.#options.now() / 1000);
  }
}

function callOf(request: CosmosRequest) {
  const [, database, , container] = request.segments;
  const isDocument = request.resourceType === "docs";
  const operation = isDocument ? documentOperationName(request) : `${request.method} ${request.resourceType}`;
  return { service: "cosmos", operation, subject: container, facts: { database, container } };
}

/** @throws what is no refusal. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof QueryError) {
    return queryRefusal(error);
  }
  if (error instanceof Refusal) {
    return error;
  }
  throw error;
}
