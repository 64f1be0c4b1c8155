/**
 * Base URL of the calls, without a trailing slash: the global host serves short paths, a resource's own domain those with
 * a prefix.
 */
export function translatorUrl(endpoint: string): string {
  const url = endpoint.replace(/\/$/, "");
  return isCustomDomain(url) ? `${url}/translator/text` : url;
}

export function isCustomDomain(endpoint: string): boolean {
  return endpoint.includes("cognitiveservices.azure");
}
