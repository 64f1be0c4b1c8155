import { z } from "zod";
import { LIST_PRICES, PRICE_METERS } from "./domain/speech/price-table.ts";

const text = z.string().min(1);
const optionalText = text.optional();
const flag = z.stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] });
const count = z.coerce.number().int().min(0);
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

/** What the value of a secret setting starts with when it is in Key Vault, for example `keyvault:speech-key`. */
const REFERENCE = "keyvault:";

/** A setting that may hold a secret, or name the secret of Key Vault that does. */
export type SecretSetting =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "reference"; readonly secretName: string };

/** @param value what the secret itself must look like. */
function secret(description: string, value: z.ZodType<string> = text) {
  const reference = z
    .string()
    .startsWith(REFERENCE)
    .transform((given) => given.slice(REFERENCE.length))
    .pipe(z.string().regex(/^[0-9a-zA-Z-]{1,127}$/, "must name a secret by letters, digits and hyphens"))
    .transform((secretName): SecretSetting => ({ kind: "reference", secretName }));
  const plain = value.transform((given): SecretSetting => ({ kind: "value", value: given }));
  return z
    .string()
    .transform((given, context) => {
      const result = (given.startsWith(REFERENCE) ? reference : plain).safeParse(given);
      result.error?.issues.forEach(({ message }) => context.addIssue({ code: "custom", message }));
      return result.data ?? z.NEVER;
    })
    .optional()
    .meta({ isSecret: true, description });
}

const priceTable = z.strictObject({
  currency: z.string().length(3),
  date: z.iso.date(),
  perMillionCharacters: z.partialRecord(z.enum(PRICE_METERS), z.number().min(0)),
});

/** Every setting. The description of each is what the table of settings in the documentation says. */
export const settings = z.object({
  ENVIRONMENT: z
    .enum(["development", "test", "production"])
    .default("development")
    .describe("Where the app runs."),
  APP_VERSION: text.default("0.1.0").describe("Version shown in /health and the API description."),

  AZURE_TENANT_ID: text.describe("Tenant whose tokens are accepted."),
  AZURE_CLIENT_ID: optionalText.describe("Client id of the user-assigned identity that the app uses."),
  AZURE_AUDIENCE: list.describe("Accepted audiences of tokens, separated by commas."),
  ENTRA_AUTHORITY: z
    .url()
    .default("https://login.microsoftonline.com")
    .describe("Base URL of Microsoft Entra ID."),

  AZURE_SPEECH_REGION: text.default("local").describe("Region of the Speech resource."),
  AZURE_SPEECH_KEY: secret("Key of the Speech resource; without one, the managed identity is used."),
  AZURE_SPEECH_RESOURCE_ID: optionalText.describe(
    "ARM id of the Speech resource, for tokens of the managed identity.",
  ),
  AZURE_SPEECH_ENDPOINT: z
    .url()
    .optional()
    .describe("Custom domain of the Speech resource, for custom voices and tokens."),
  AZURE_SPEECH_PRIVATE: flag
    .default(false)
    .describe(
      "Speaks through AZURE_SPEECH_ENDPOINT instead of the region's public hosts; Azure takes a key there only.",
    ),
  AZURE_SPEECH_HOST: z.url().optional().describe("Replaces the regional host of speech synthesis."),
  SPEECH_FIRST_BYTE_TIMEOUT_MS: count.default(10_000).describe("How long the first audio may take."),
  SPEECH_IDLE_TIMEOUT_MS: count.default(15_000).describe("The longest silence between two chunks of audio."),

  AZURE_TRANSLATOR_KEY: secret("Key of the Translator resource; without one, the managed identity is used."),
  AZURE_TRANSLATOR_REGION: optionalText.describe("Region of the Translator resource."),
  AZURE_TRANSLATOR_ENDPOINT: z
    .url()
    .optional()
    .describe("Endpoint of the Translator resource; turns translation on."),
  AZURE_OPENAI_ENDPOINT: z.url().optional().describe("Endpoint of Azure OpenAI; turns its features on."),
  AZURE_OPENAI_API_KEY: secret("Key of Azure OpenAI; without one, the managed identity is used."),
  AZURE_OPENAI_SPEECH_DEPLOYMENT: optionalText.describe("Deployment that speaks `openai:` voices."),
  AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: optionalText.describe("Deployment that transcribes recordings."),
  TRANSCRIPTION_USD_PER_MINUTE: z.coerce
    .number()
    .min(0)
    .default(0.006)
    .describe("Price of transcribing a minute, for estimates."),
  AZURE_OPENAI_CHAT_DEPLOYMENT: optionalText.describe("Deployment that suggests pronunciations."),

  COSMOS_DB_ENDPOINT: z.url().optional().describe("Endpoint of Cosmos DB; needed unless PostgreSQL is used."),
  COSMOS_DB_KEY: secret("Key of Cosmos DB, for local use; without one, the managed identity is used."),
  COSMOS_DB_DATABASE: text.default("voice-cloning").describe("Name of the database."),
  DATABASE_URL: secret(
    "PostgreSQL instead of Cosmos DB; without a password, the managed identity signs in.",
    z.url({ protocol: /^postgres(ql)?$/ }),
  ),
  STORE_CREATE_CONTAINERS: flag
    .default(false)
    .describe("Create databases and containers that are missing at start."),
  AZURE_STORAGE_CONNECTION_STRING: secret("Connection string of Blob storage, for local use."),
  AZURE_STORAGE_ACCOUNT_URL: z
    .url()
    .optional()
    .describe("Blob endpoint of the storage account, for the managed identity."),
  KEY_VAULT_URI: z
    .url()
    .optional()
    .describe("Key Vault with the secrets to which `keyvault:{name}` in secret settings refers."),

  ALLOWED_HOSTS: list.default([]).describe("Host names that are served; empty serves every one."),
  ALLOWED_ORIGINS: list.default([]).describe("Origins whose scripts may call the API."),
  TRUSTED_PROXY_COUNT: z.coerce
    .number()
    .int()
    .min(1)
    .default(1)
    .describe(
      "Proxies in front of the app that append to X-Forwarded-For: 1 is Azure's own front end, 2 with Front Door before it.",
    ),
  ERROR_INCLUDE_TRACEBACK: flag
    .default(false)
    .describe("Adds stacks to problem documents, outside production only."),
  DOCS_CLIENT_ID: optionalText.describe(
    "Client id of the single-page application by which Swagger UI signs people in.",
  ),
  DOCS_ENABLED: flag
    .default(true)
    .describe("Serves /docs, /redoc and /openapi.json; /docs/errors is always there."),

  WEBSITE_INSTANCE_ID: optionalText.describe(
    "Label `instance_id` of the metrics; Azure sets it. Default: the name of the host.",
  ),
  METRICS_TOKEN: secret("Bearer token by which a scraper reads /metrics."),
  APPLICATIONINSIGHTS_CONNECTION_STRING: optionalText.describe(
    "Application Insights resource that traces are sent to.",
  ),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["debug", "info", "warning", "error"]))
    .default("info")
    .describe("Least level that is logged."),
  LOG_REQUESTS: flag.default(true).describe("Logs method, path and caller of every request."),
  LOG_RESPONSES: flag.default(true).describe("Logs status and duration of every answer."),
  LOG_REQUEST_BODY: flag.default(false).describe("Logs small request bodies, which hold the spoken text."),
  LOG_RESPONSE_BODY: flag.default(false).describe("Logs small response bodies."),
  LOG_HEADERS: flag.default(false).describe("Logs headers, without credentials."),

  RATE_LIMITING_ENABLED: flag.default(true).describe("Counts requests against budgets."),
  RATE_LIMIT_DEFAULT: count.default(100).describe("Requests per minute and principal."),
  RATE_LIMIT_SYNTHESIS: count.default(50).describe("Synthesis requests per minute and principal."),
  RATE_LIMIT_TRAINING: count.default(10).describe("Training requests per minute and principal."),

  SPEECH_MAX_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe("Syntheses under way at once at the Speech resource, per instance."),
  SPEECH_QUEUE_LENGTH: count.default(200).describe("Syntheses that may wait for a place."),
  SPEECH_QUEUE_WAIT_MS: count.default(20_000).describe("How long a synthesis may wait for a place."),

  HISTORY_RETENTION_DAYS: count.default(30).describe("How long syntheses stay in the history; 0 keeps none."),
  CACHE_RETENTION_DAYS: count.default(30).describe("How long cached audio is used; 0 turns the cache off."),
  PRICE_TABLE: z
    .string()
    .transform((value, context) => {
      try {
        const table: unknown = JSON.parse(value);
        return table;
      } catch {
        context.addIssue({ code: "custom", message: "is not well-formed JSON" });
        return z.NEVER;
      }
    })
    .pipe(priceTable)
    .default(LIST_PRICES)
    .describe("Prices for estimates, as JSON: currency, date, perMillionCharacters."),
  BATCH_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(20)
    .describe("Items of all batches that are spoken at once on one instance."),
  BATCH_RETENTION_DAYS: z.coerce
    .number()
    .min(0)
    .default(30)
    .describe("How long ended batches stay with their results, in days or parts of them; 0 keeps them."),
  WEBHOOK_ALLOW_INNER_TARGETS: flag
    .default(false)
    .describe("Lets webhooks go to http and to addresses that are not public; never in production."),
  DROP_TRIGGER_SOURCE: z
    .enum(["EventGrid", "LogsAndContainerScan"])
    .default("EventGrid")
    .describe("How the app hears of dropped files; Flex Consumption knows EventGrid only."),

  MAX_TEXT_CHARACTERS: count.default(100_000).describe("Longest text of one synthesis."),
  VOICE_IDLE_SUSPEND_MINUTES: count
    .default(0)
    .describe("Suspends professional voices that nobody spoke with for so long; 0 never does."),
  VOICE_POLL_INTERVAL_SECONDS: z.coerce
    .number()
    .positive()
    .default(2)
    .describe("First pause between two looks at a training."),
});

/** Read once, at start. */
export type Config = z.output<typeof settings>;

/** The names of the settings that take a reference to Key Vault. */
export const SECRET_SETTINGS: readonly string[] = Object.entries(settings.shape)
  .filter(([, schema]) => schema.meta()?.["isSecret"] === true)
  .map(([name]) => name);

const settingsTogether = settings.superRefine((config, context) => {
  for (const [name, value] of Object.entries(config)) {
    const isReference = typeof value === "object" && "kind" in value && value.kind === "reference";
    if (isReference && config.KEY_VAULT_URI === undefined) {
      context.addIssue({
        code: "custom",
        path: [name],
        message: "refers to Key Vault, but KEY_VAULT_URI is not set",
      });
    }
  }
});

/**
 * The only reader of the environment. An empty variable counts as absent.
 *
 * @throws Error that names every bad setting at once.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = settingsTogether.safeParse(present);
  if (!result.success) {
    throw new Error(`These settings are missing or wrong:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}
