/**
 * Settings without a default that the infrastructure leaves alone: keys, which managed identity replaces in Azure, what
 * only the local stack or an operator's own choice needs, and what Azure sets by itself.
 */
export const OPTIONAL_SETTINGS: readonly string[] = [
  "AZURE_SPEECH_HOST",
  "AZURE_TRANSLATOR_KEY",
  "AZURE_OPENAI_API_KEY",
  "COSMOS_DB_KEY",
  "AZURE_STORAGE_CONNECTION_STRING",
  "METRICS_TOKEN",
  "WEBSITE_INSTANCE_ID",
];
