import type { Operations } from "../../stand-in/resource-api/service-call.ts";

/** What speaks for personal voices. The dates are this stand-in's own. */
const BASE_MODELS = [
  { name: "PhoenixV2Neural", description: "Phoenix V2", releaseDateTime: "2024-11-01T00:00:00.000Z" },
  {
    name: "PhoenixLatestNeural",
    description: "The newest Phoenix model",
    releaseDateTime: "2024-11-01T00:00:00.000Z",
  },
  { name: "DragonV2.1Neural", description: "Dragon V2.1", releaseDateTime: "2025-07-01T00:00:00.000Z" },
  {
    name: "DragonLatestNeural",
    description: "The newest Dragon model",
    releaseDateTime: "2025-07-01T00:00:00.000Z",
  },
].map((model) => ({ ...model, capabilities: ["PersonalVoice"] }));

export const baseModelOperations: Operations = {
  "GET /basemodels": () => ({ status: 200, body: { value: BASE_MODELS } }),
};
