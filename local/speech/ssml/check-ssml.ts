import type { SsmlElement } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

/** @throws {@link SsmlError} when the service would refuse the document whatever its voices. */
export function checkSsml(speak: SsmlElement): void {
  if (speak.name !== "speak") {
    throw new SsmlError(`SSML is invalid: the root element is [${speak.name}].`);
  }
}
