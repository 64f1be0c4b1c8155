/** Attribute and header names whose values never reach a log. */
const SECRET_NAME =
  /authorization|cookie|token|secret|password|api-?key|subscription-key|connection-?string|signature/i;

/** Parts of values that are secrets wherever they stand. No pattern can take more than linear time. */
const SECRET_PARTS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{8,}\.[\w-]*\.[\w-]*/g, "[token]"],
  [/\bwhsec_[A-Za-z0-9+/=]+/g, "whsec_[redacted]"],
  [/\bBearer [^\s"',]+/gi, "Bearer [token]"],
  [
    /([?&](?:sig|code|key|access_token|subscription-key|Ocp-Apim-Subscription-Key)=)[^&\s"']+/gi,
    "$1[redacted]",
  ],
  [/((?:AccountKey|SharedAccessSignature|SharedAccessKey|Password)=)[^;\s"']+/gi, "$1[redacted]"],
];

const MAX_VALUE_CHARACTERS = 8_192;

/** A value as a log may show it. */
export function redacted(name: string, value: string): string {
  if (SECRET_NAME.test(name)) {
    return "[redacted]";
  }
  const text = value.length > MAX_VALUE_CHARACTERS ? `${value.slice(0, MAX_VALUE_CHARACTERS)}…` : value;
  return SECRET_PARTS.reduce((rest, [pattern, replacement]) => rest.replaceAll(pattern, replacement), text);
}
