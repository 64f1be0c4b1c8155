import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ApiError,
  readApiRequest,
  sendApiResponse,
  type ApiRequest,
  type ApiResponse,
} from "./api-exchange.ts";
import type { ClientApiContext } from "./client-api-context.ts";
import { controlInstance, purgeInstances } from "./instance-control.ts";
import { getInstance, listInstances } from "./instance-status.ts";
import { startOrchestration } from "./start-orchestration.ts";

/** The HTTP API of Durable Functions, as clients and the SDK call it. */
export class ClientApi {
  readonly #context: ClientApiContext;

  constructor(context: ClientApiContext) {
    this.#context = context;
  }

  /** Answers every request, also those that fail. */
  async handle(request: IncomingMessage, response: ServerResponse, basePath: string): Promise<void> {
    sendApiResponse(response, await this.#responseTo(request, basePath));
  }

  async #responseTo(request: IncomingMessage, basePath: string): Promise<ApiResponse> {
    try {
      return await this.#route(await readApiRequest(request, basePath));
    } catch (error) {
      const failure = error instanceof ApiError ? error : ApiError.failed(messageOf(error));
      if (failure.status >= 500) {
        this.#context.log("error", `${request.method} ${request.url?.split("?")[0]}: ${failure.details}`);
      }
      return {
        status: failure.status,
        body: { Message: failure.message, ExceptionMessage: failure.details },
      };
    }
  }

  async #route(request: ApiRequest): Promise<ApiResponse> {
    const { method, segments } = request;
    switch (segments[0]?.toLowerCase() ?? "") {
      case "orchestrators":
        return method === "POST" ? startOrchestration(request, this.#context) : { status: 404 };
      case "instances":
        return this.#routeInstances(request);
      case "entities":
        throw ApiError.notSupported("Durable entities.");
      case "makeprimary":
        throw ApiError.notSupported("The operation 'makeprimary'.");
      default:
        return { status: 404 };
    }
  }

  async #routeInstances(request: ApiRequest): Promise<ApiResponse> {
    const { method, segments } = request;
    if (method === "POST") {
      return controlInstance(request, this.#context);
    }
    if (segments.length > 2) {
      return { status: 404 };
    }
    if (method === "DELETE") {
      return purgeInstances(request, this.#context);
    }
    if (method !== "GET") {
      return { status: 404 };
    }
    return segments.length === 1
      ? listInstances(request, this.#context)
      : getInstance(request, this.#context);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
