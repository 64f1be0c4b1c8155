import { batchExamples } from "./batch-examples.ts";
import { lexiconExamples } from "./lexicon-examples.ts";
import type { OperationExample, OperationExamples } from "./operation-example.ts";
import { serviceExamples } from "./service-examples.ts";
import { synthesisExamples } from "./synthesis-examples.ts";
import { voiceExamples } from "./voice-examples.ts";
import { webhookExamples } from "./webhook-examples.ts";

const EXAMPLES: OperationExamples = {
  ...serviceExamples,
  ...voiceExamples,
  ...synthesisExamples,
  ...lexiconExamples,
  ...batchExamples,
  ...webhookExamples,
};

/** @returns an empty one for an operation without JSON. */
export function exampleFor(operationId: string): OperationExample {
  return EXAMPLES[operationId] ?? {};
}
