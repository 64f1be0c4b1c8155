import { lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { ServiceError } from "../../domain/errors/service-error.ts";

/** @throws {@link ServiceError} `webhook-target-refused` for a literal address that is not public. */
export function assertPublicHost(hostname: string): void {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isPublic(literal)) {
    throw refused();
  }
}

/** Resolves names for a connection, so that what is checked is what is called; a single inner address refuses all. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, "", 0);
      return;
    }
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => !isPublic(address))) {
      callback(refused(), "", 0);
      return;
    }
    if (options.all === true) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

/** Loopback, private, link-local and every other special range is not, also when mapped into IPv6. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === "unicast";
}

function refused(): ServiceError {
  return new ServiceError("webhook-target-refused", "The target has an address that is not public.");
}
