// The official OpenAI client for JavaScript against a gateway: node openai-client.mjs BASE_URL
import assert from "node:assert/strict";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "any", maxRetries: 0 });
const messages = [
  { role: "system", content: "Be short." },
  { role: "user", content: "Why?" },
];

const models = [];
for await (const model of client.models.list()) models.push(model.id);
assert.deepEqual(models, ["livemind", "livemind-collaborative", "conventional"]);

const whole = await client.chat.completions.create({ model: "livemind", messages });
assert.equal(whole.choices[0].message.content, "It is so.");
assert.equal(whole.choices[0].finish_reason, "stop");
assert.equal(whole.usage.total_tokens, 27);

const stream = await client.chat.completions.create({
  model: "conventional",
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
let text = "";
let usage = null;
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(text, "It is so.");
assert.equal(usage.prompt_tokens, 20);

const tool = { type: "function", function: { name: "f", parameters: { type: "object" } } };
await assert.rejects(
  client.chat.completions.create({ model: "livemind", messages, tools: [tool] }),
  (error) => error instanceof OpenAI.BadRequestError && error.code === "unsupported_parameter" && error.param === "tools",
);
await assert.rejects(
  client.chat.completions.create({ model: "livemind", messages, n: 2 }),
  (error) => error instanceof OpenAI.BadRequestError && error.param === "n",
);
await assert.rejects(
  client.chat.completions.create({ model: "gpt-7", messages }),
  (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found",
);
console.log("all well");
