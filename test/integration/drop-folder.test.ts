import { describe, expect, inject, it } from "vitest";
import { parseWav } from "../../local/speech/voice/parse-wav.ts";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { allItems, BATCH_VOICE, type BatchView, endedBatch } from "../support/batch-api.ts";
import { DropFolderClient, dropOwner } from "../support/drop-folder.ts";
import { jsonOf } from "../support/json-of.ts";
import { until } from "../support/until.ts";
import { unzip } from "../support/unzip.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const files = new DropFolderClient(inject("parts")["Blobs"] ?? "");
const settings = JSON.stringify({ voice: BATCH_VOICE, format: "wav" });

interface Dropped {
  readonly api: ApiClient;
  readonly folder: string;
}

async function somebody(): Promise<Dropped> {
  const { name, folder } = dropOwner();
  return { api: await apiClient({ ...stack, name, roles: ["Voice.User"] }), folder };
}

async function batchesOf(api: ApiClient): Promise<readonly (BatchView & { source: string })[]> {
  const page = await jsonOf<{ items: (BatchView & { source: string })[] }>(
    await api.get("/api/v1/synthesis/batch"),
  );
  return page.items;
}

async function batchOf(api: ApiClient): Promise<BatchView & { source: string }> {
  const [batch] = await until(
    () => batchesOf(api),
    (batches) => batches.length > 0,
  );
  return { source: "", ...batch, ...(await endedBatch(api, batch?.id ?? "")) };
}

interface Rejected {
  /** Of the copy that was kept. */
  readonly name: string;
  readonly message: string;
  readonly line: number | null;
  readonly errors: readonly { readonly field: string }[];
}

/** What stands in `rejected/` about a file that was dropped under this name. */
async function rejectedAs(dropped: string): Promise<Rejected> {
  const stem = dropped.slice(0, dropped.lastIndexOf("."));
  const [report = ""] = await until(
    async () => (await files.names("rejected", `${stem}.`)).filter((name) => name.endsWith(".error.json")),
    ({ length }) => length > 0,
  );
  const told = JSON.parse((await files.read("rejected", report)).toString()) as Omit<Rejected, "name">;
  return { ...told, name: report.slice(0, -".error.json".length) };
}

/** The original is removed last, after its copy and the report are there. */
async function isTaken(name: string): Promise<boolean> {
  return !(await until(
    () => files.exists("drop", name),
    (exists) => !exists,
  ));
}

describe("a file in the drop folder", () => {
  it("becomes audio row by row when it is a table, and is kept as it was", async () => {
    const { api, folder } = await somebody();
    const table = `id,text,voice\nwelcome,"Welcome, all of you.",${BATCH_VOICE}\nbye,Good bye.,${BATCH_VOICE}\n`;

    await files.drop(`${folder}/week 1/prompts.csv`, table);
    const batch = await batchOf(api);
    const items = await allItems(api, batch.id);
    const manifest = JSON.parse(
      (await files.read("results", `${folder}/${batch.id}/manifest.json`)).toString(),
    ) as object;
    const original = await files.read("processed", `${folder}/${batch.id}/week 1/prompts.csv`);

    expect(batch).toMatchObject({ status: "completed", source: "week 1/prompts.csv" });
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ["welcome", "succeeded"],
      ["bye", "succeeded"],
    ]);
    expect(manifest).toMatchObject({ items: [{ blob: `${folder}/${batch.id}/welcome.mp3` }, {}] });
    expect(original.toString()).toBe(table);
    expect(await isTaken(`${folder}/week 1/prompts.csv`)).toBe(true);
  });

  it("becomes an item per paragraph when it is text, with the settings of its folder, whatever its encoding", async () => {
    const { api, folder } = await somebody();
    await files.drop(`${folder}/_defaults.json`, settings);

    await files.drop(
      `${folder}/a/b/story.txt`,
      Buffer.from("\uFEFFOne line\r\nand more.\r\n\r\nTwo.", "utf16le"),
    );
    const batch = await batchOf(api);
    const items = await allItems(api, batch.id);

    expect(items).toMatchObject([
      { status: "succeeded", characters: 18 },
      { status: "succeeded", characters: 4 },
    ]);
    expect(items[0]?.audioUrl).toContain(".wav?");
  });

  it("is joined on the times of its cues when it holds subtitles", async () => {
    const { api, folder } = await somebody();
    await files.drop(`${folder}/_defaults.json`, settings);

    await files.drop(
      `${folder}/film.srt`,
      "1\n00:00:01,000 --> 00:00:02,000\nHello.\n\n2\n00:00:05,500 --> 00:00:06,000\n<i>Bye.</i>\n",
    );
    const batch = await batchOf(api);
    const archive = await api.get(`/api/v1/synthesis/batch/${batch.id}/archive`);
    const joined = unzip(Buffer.from(await archive.arrayBuffer()))["_joined.wav"] ?? "";
    const { samples, sampleRateHz } = parseWav(Buffer.from(joined, "latin1"));
    const loudAt = (second: number): boolean =>
      samples
        .slice(second * sampleRateHz, (second + 0.5) * sampleRateHz)
        .some((sample) => Math.abs(sample) > 0.01);

    expect(batch.status).toBe("completed");
    expect([0, 1, 4, 5.5].map(loudAt)).toEqual([false, true, false, true]);
  });

  it("runs once, however often it is announced", async () => {
    const { api, folder } = await somebody();
    await files.drop(`${folder}/_defaults.json`, settings);

    await files.drop(`${folder}/lines.jsonl`, '{"text":"One."}\n{"text":"Two."}\n');
    const calls = await Promise.all(
      Array.from({ length: 5 }, () =>
        fetch(`${stack.baseUrl}/admin/functions/receiveDroppedFile`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ input: `drop/${folder}/lines.jsonl` }),
        }),
      ),
    );
    await batchOf(api);

    expect(calls.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(await batchesOf(api)).toHaveLength(1);
  });

  it.each([
    {
      flaw: "a header with unknown columns",
      name: "list.csv",
      content: "name,words\na,b\n",
      reason: "Line 1",
    },
    { flaw: "a row without text", name: "list.csv", content: "text,rate\n,fast\n", reason: "Some items" },
    { flaw: "no voice to speak with", name: "plain.txt", content: "Hello.", reason: "Some items" },
    { flaw: "nothing in it", name: "empty.txt", content: "", reason: "Line 1" },
    { flaw: "lines that are no JSON", name: "l.jsonl", content: '{"text":"One."}\nno\n', reason: "Line 2" },
    { flaw: "bytes that are no text", name: "s.txt", content: Buffer.from([65, 195, 40]), reason: "Line 1" },
    { flaw: "an ending that nobody knows", name: "book.pdf", content: "x", reason: "Files may end in" },
  ])("moves to rejected with its reason when it has $flaw", async ({ name, content, reason }) => {
    const { folder } = await somebody();
    await files.drop(`${folder}/${name}`, content);

    const rejected = await rejectedAs(`${folder}/${name}`);

    expect(rejected.message).toContain(reason);
    expect((await files.read("rejected", rejected.name)).equals(Buffer.from(content))).toBe(true);
    expect(await isTaken(`${folder}/${name}`)).toBe(true);
  });

  it("moves to rejected when it is larger than 32 MiB", async () => {
    const { folder } = await somebody();
    await files.drop(`${folder}/book.txt`, Buffer.alloc(33 * 1024 * 1024, "a"));

    const rejected = await rejectedAs(`${folder}/book.txt`);

    expect(rejected.message).toContain("34603008 bytes");
    expect(await isTaken(`${folder}/book.txt`)).toBe(true);
  });

  it("moves to rejected when its folder is nobody's", async () => {
    const name = `team-${process.pid}/notes.txt`;
    await files.drop(name, "Hello.");

    const rejected = await rejectedAs(name);

    expect(rejected.message).toContain("object id");
  });
});
