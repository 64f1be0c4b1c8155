/**
 * What the Functions host and `@azure/functions` say to each other: the members of the worker's protocol that the
 * library reads or writes. Member names are those of the protocol.
 */

interface Scalars {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
}

export interface Nullable<Value> {
  readonly value: Value;
}

export interface RpcHttpRequest {
  readonly url: string;
  readonly method: string;
  readonly nullableQuery: Readonly<Record<string, Nullable<string>>>;
  readonly nullableHeaders: Readonly<Record<string, Nullable<string>>>;
  readonly nullableParams: Readonly<Record<string, Nullable<string>>>;
  readonly body: { readonly bytes: Uint8Array } | null;
}

export interface RpcCookie {
  readonly name?: string | null;
  readonly value?: string | null;
  readonly domain?: Nullable<string> | null;
  readonly path?: Nullable<string> | null;
  readonly expires?: Nullable<{ readonly seconds: number }> | null;
  readonly secure?: Nullable<boolean> | null;
  readonly httpOnly?: Nullable<boolean> | null;
  /** `none` stands for "no attribute", `explicitNone` for `SameSite=None`. */
  readonly sameSite?: "none" | "lax" | "strict" | "explicitNone" | null;
  readonly maxAge?: Nullable<number> | null;
}

export interface RpcHttpResponse {
  readonly statusCode?: string | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly cookies?: readonly RpcCookie[] | null;
  readonly body?: Scalars | null;
}

/** Stands for a value that the library makes by a factory that the app has registered for its source. */
export interface ModelBindingData {
  readonly version: string;
  readonly source: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Host to function. `http: {}` stands for "wait for the proxied request". */
export interface InputData extends Scalars {
  readonly modelBindingData?: ModelBindingData | null;
  readonly http?: RpcHttpRequest | Readonly<Record<string, never>> | null;
}

/** Function to host. */
export interface OutputData extends Scalars {
  readonly http?: RpcHttpResponse | null;
}

export interface RetryContext {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly exception?: { readonly message: string; readonly source: string; readonly stackTrace: string };
}

export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: InputData }[];
  readonly triggerMetadata: Readonly<Record<string, InputData>>;
  readonly traceContext: {
    readonly traceParent: string;
    readonly traceState: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  readonly retryContext: RetryContext | null;
}

export interface InvocationResponse {
  readonly outputData?: readonly { readonly name: string; readonly data: OutputData }[] | null;
  readonly returnValue?: OutputData | null;
}

export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** A registration as the library hands it over. Read it through `readAppFunctions`. */
export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly retryOptions?: unknown;
}

export type RpcLogLevel = "trace" | "debug" | "information" | "warning" | "error" | "critical" | "none";

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state: "preInvocationHooks" | "invocation" | "postInvocationHooks" | undefined;
  readonly log: (level: RpcLogLevel, category: string, message: string) => void;
}

export interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(
    capabilities: Record<string, string>,
  ): Record<string, string> | Promise<Record<string, string>>;
}
