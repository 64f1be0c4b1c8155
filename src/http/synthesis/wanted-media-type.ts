/**
 * Which of the offered kinds of answer the client asks for.
 *
 * @param offered media types that an Accept header must name; anything else gets `otherwise`.
 */
export function wantedMediaType<T extends string>(request: Request, offered: readonly T[], otherwise: T): T {
  const named = (request.headers.get("accept") ?? "").split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
    return isRefused ? "" : type;
  });
  return offered.find((type) => named.includes(type)) ?? otherwise;
}
