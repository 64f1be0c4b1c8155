import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** The address is none that anybody on the internet could have: of this machine, its network or its cloud. */
export class PrivateAddress extends Error {
  override readonly name = "PrivateAddress";

  constructor(host: string) {
    super(`${host} is not a public address.`);
  }
}

/** The platform of Azure itself, reachable from every machine in it, though the number is a public one. */
const AZURE_PLATFORM_ADDRESS = "168.63.129.16";

/** All of IPv6 that is given out to anybody; outside of it stand unused blocks and old ways of writing IPv4. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** True for addresses that are routed on the internet; IPv4 mapped into IPv6 counts as IPv4, through NAT64 as private. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") {
    return false;
  }
  return parsed instanceof ipaddr.IPv6
    ? parsed.match(GLOBAL_IPV6)
    : parsed.toString() !== AZURE_PLATFORM_ADDRESS;
}

/** @throws {@link PrivateAddress} for a host that is written as a private address; names are looked at when they are resolved. */
export function assertPublicHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    throw new PrivateAddress(host);
  }
}

/**
 * Resolves a name for one connection. All its addresses have to be public, and the connection goes to what was checked:
 * a name cannot change its mind in between.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      callback(new PrivateAddress(hostname), []);
      return;
    }
    answerLookup(addresses, options.all === true, callback);
  });
};

function answerLookup(
  addresses: readonly LookupAddress[],
  wantsAll: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = addresses;
  if (wantsAll || first === undefined) {
    callback(null, [...addresses]);
  } else {
    callback(null, first.address, first.family);
  }
}
