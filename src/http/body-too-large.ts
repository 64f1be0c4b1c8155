import { ServiceError } from "../domain/errors/service-error.ts";

export function bodyTooLarge(maxBytes: number): ServiceError {
  return new ServiceError("request-too-large", `The body may have at most ${maxBytes} bytes.`, {
    details: { maxBytes },
  });
}
