import { ServiceError } from "../../domain/errors/service-error.ts";
import { assertPublicHost, PrivateAddress } from "../network/public-address.ts";

/**
 * Refuses a webhook's URL for what it says itself; names are looked at again when they are resolved for the call.
 *
 * @throws {@link ServiceError} `webhook-target-refused`.
 */
export function assertWebhookTarget(
  text: string,
  { allowsInnerTargets }: { readonly allowsInnerTargets: boolean },
): void {
  const url = URL.parse(text);
  if (url === null) {
    throw refused("The target is not a URL.");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused("The target's URL has credentials in it.");
  }
  if (allowsInnerTargets) {
    return;
  }
  if (url.protocol !== "https:") {
    throw refused("The target must be an https address.");
  }
  if (!isPublicHost(url)) {
    throw refused("The target has an address that is not public.");
  }
}

/** RFC 6761: these names mean this machine. */
const LOOPBACK_NAME = /(?:^|\.)localhost\.?$/;

function isPublicHost(url: URL): boolean {
  if (LOOPBACK_NAME.test(url.hostname)) {
    return false;
  }
  try {
    assertPublicHost(url);
    return true;
  } catch (error) {
    if (error instanceof PrivateAddress) {
      return false;
    }
    throw error;
  }
}

function refused(message: string): ServiceError {
  return new ServiceError("webhook-target-refused", message, { errors: [{ field: "notify.url", message }] });
}
