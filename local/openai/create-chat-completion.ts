import { randomUUID } from "node:crypto";
import { z } from "zod";
import { sendJson } from "../stand-in/send.ts";
import { requireDeployment } from "./deployments.ts";
import type { OpenAiCall } from "./openai-handler.ts";
import { invalidRequest } from "./openai-refusal.ts";
import { parseOpenAiJson } from "./parse-openai-json.ts";
import { respell } from "./respell.ts";

const messageSchema = z.object({
  role: z.enum(["system", "developer", "user", "assistant"]),
  content: z.string(),
});

const completionSchema = z.object({
  model: z.string().optional(),
  messages: z.array(messageSchema).min(1),
  response_format: z
    .object({ type: z.enum(["text", "json_object", "json_schema"]) })
    .default({ type: "text" }),
  stream: z.boolean().default(false),
  tools: z.unknown().optional(),
});

const wordsSchema = z.object({ words: z.array(z.string().min(1)).min(1) });

/**
 * Knows one thing to say: a respelling of each word it is asked for. The last user message must be JSON
 * `{"words": [...]}`; the answer is JSON `{"suggestions": [{"word", "alias", "reason"}]}`, whatever schema is asked for. Everything
 * else is refused.
 */
export async function createChatCompletion(call: OpenAiCall): Promise<void> {
  const fields = await parseOpenAiJson(call.exchange, completionSchema);
  const model = call.deployment ?? fields.model ?? "";
  requireDeployment(call.deployments, model, ["chat"]);
  if (fields.stream || fields.tools !== undefined) {
    throw invalidRequest(
      fields.stream ? "stream" : "tools",
      "This stand-in neither streams nor calls tools.",
    );
  }
  const prompt = fields.messages.findLast(({ role }) => role === "user")?.content ?? "";
  const suggestions = wordsOf(prompt).map((word) => ({ word, ...respell(word) }));
  const content = JSON.stringify({ suggestions });
  const promptTokens = Math.ceil(
    fields.messages.reduce((sum, message) => sum + message.content.length, 0) / 4,
  );
  const completionTokens = Math.ceil(content.length / 4);
  const choice = { index: 0, finish_reason: "stop", message: { role: "assistant", content, refusal: null } };
  sendJson(call.exchange.response, {
    status: 200,
    body: {
      id: `chatcmpl-${randomUUID()}`,
      object: "chat.completion",
      created: Math.floor(Date.now() / 1000),
      model,
      choices: [{ ...choice, logprobs: null }],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
      },
    },
  });
}

function wordsOf(prompt: string): readonly string[] {
  try {
    return wordsSchema.parse(JSON.parse(prompt)).words;
  } catch {
    throw invalidRequest("messages", `This stand-in needs a user message of JSON: {"words":["..."]}.`);
  }
}
