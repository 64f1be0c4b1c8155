import type { AuditDetails } from "../application/ports/active-call.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { Principal } from "../domain/access/principal.ts";

/** What a handler knows about the request besides its input. */
export interface Call {
  readonly requestId: string;
  /** W3C trace context of this request, `00-{traceId}-{spanId}-{flags}`. */
  readonly traceparent: string;
  readonly principal: Principal;
  /** Aborts when the client hangs up. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The request as it came; a handler reads its headers, never its body. */
  readonly request: Request;
  readonly url: URL;
  /** Is told a failure that a streamed answer tells in its own words instead of breaking off. Default: nobody is. */
  readonly onStreamFailure?: ((error: unknown) => void) | undefined;
  /** Is told what the audit entry of this request says besides the changed documents. Default: nobody is. */
  readonly onAuditDetails?: ((details: AuditDetails) => void) | undefined;
  /** Is told every chunk of a body that is read as a whole. Default: nobody is. */
  readonly onBodyChunk?: ((chunk: Uint8Array) => void) | undefined;
}
