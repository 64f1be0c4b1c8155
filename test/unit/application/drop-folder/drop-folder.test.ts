import { beforeEach, describe, expect, it } from "vitest";
import { textDropFiles } from "../../../../src/adapters/drop-files/text-drop-files.ts";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import type { NewBatch } from "../../../../src/application/batches/create-batch.ts";
import { makeImportDroppedFile } from "../../../../src/application/drop-folder/import-dropped-file.ts";
import {
  type DroppedVersion,
  makeStartImport,
} from "../../../../src/application/drop-folder/start-import.ts";
import { makeSweepDropFolder } from "../../../../src/application/drop-folder/sweep-drop-folder.ts";
import type { BlobProperties, BlobRef } from "../../../../src/application/ports/blobs.ts";
import type { Versioned } from "../../../../src/application/ports/documents.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { parseBatch } from "../../../../src/http/batches/batch-body.ts";
import { storedBatch } from "../../../support/batch-fixture.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";

const OWNER = "9914430d-bd10-44bd-a221-37203146595f";
const MIB = 1024 * 1024;

/** Says that files are larger than they are, and lets something happen right before one is read or copied. */
class DropBlobs extends MemoryBlobs {
  sizeBytes: number | undefined;
  readonly reads: string[] = [];
  meanwhile: (() => Promise<unknown>) | undefined;

  override async properties(ref: BlobRef): Promise<BlobProperties | undefined> {
    const found = await super.properties(ref);
    return found && { ...found, sizeBytes: this.sizeBytes ?? found.sizeBytes };
  }

  override async read(ref: BlobRef) {
    await this.#happen();
    this.reads.push(ref.name);
    return super.read(ref);
  }

  override async copy(from: BlobRef, to: BlobRef, etag?: string): Promise<boolean> {
    await this.#happen();
    return super.copy(from, to, etag);
  }

  async #happen(): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
  }
}

describe("the drop folder", () => {
  let clock: ManualClock;
  let blobs: DropBlobs;
  let orchestrations: RecordingOrchestrations;
  let made: NewBatch[];

  const ports = () => ({
    blobs,
    clock,
    orchestrations,
    hasher: nodeHasher,
    logger: recordingLogger(),
    reader: textDropFiles,
    parseBatch,
    tenantId: "tenant-1",
    createBatch: async (_principal: unknown, batch: NewBatch): Promise<Versioned<Batch>> => {
      made.push(batch);
      const body = { items: [{ text: "x", voice: "en-US-AvaNeural" }] };
      return { ...(await storedBatch(new MemoryBlobs(), body)), etag: "1" };
    },
  });
  const drop = (name: string, content: string) =>
    blobs.write({ container: "drop", name }, Buffer.from(content), { contentType: "text/plain" });
  const namesIn = async (container: "drop" | "processed" | "rejected") =>
    (await blobs.list(container, { prefix: "", limit: 1_000 })).items.map(({ name }) => name);
  const announced = () => orchestrations.started.map(({ input }) => input as DroppedVersion);
  const announce = async (name: string): Promise<DroppedVersion> => {
    await makeStartImport(ports())(name);
    return announced().at(-1) ?? { name, etag: "", key: "" };
  };
  const importVersion = (version: DroppedVersion) => makeImportDroppedFile(ports())(version);
  const sweep = () => makeSweepDropFolder(ports())();
  const reportOf = async (name: string): Promise<Record<string, unknown>> => {
    const found = await blobs.read({ container: "rejected", name });
    return JSON.parse(await new Response(found?.body).text()) as Record<string, unknown>;
  };

  beforeEach(() => {
    clock = new ManualClock();
    blobs = new DropBlobs(clock);
    orchestrations = new RecordingOrchestrations();
    made = [];
  });

  it("speaks each version of a file once, also when it is replaced while it is imported", async () => {
    const name = `${OWNER}/prompts.csv`;
    await drop(name, "text,voice\nFormer.,en-US-AvaNeural\n");
    const former = await announce(name);
    blobs.meanwhile = () => drop(name, "text,voice\nCurrent.,en-US-AvaNeural\n");

    const first = await importVersion(former);
    const second = await importVersion(await announce(name));

    expect([first, second]).toEqual([{ outcome: "gone" }, { outcome: "imported" }]);
    expect(made.map(({ items }) => items[0]?.request.content.value)).toEqual(["Current."]);
    expect(await namesIn("processed")).toHaveLength(1);
  });

  it("rejects no version that has been replaced meanwhile", async () => {
    const name = `${OWNER}/notes.pdf`;
    await drop(name, "former");
    const former = await announce(name);
    blobs.meanwhile = () => drop(name, "current");

    const outcome = await importVersion(former);

    expect(outcome).toEqual({ outcome: "gone" });
    expect(await namesIn("rejected")).toEqual([]);
    expect(await namesIn("drop")).toEqual([name]);
  });

  it("keeps every version that it rejects under one name", async () => {
    const name = `${OWNER}/notes.pdf`;
    await drop(name, "one");
    await importVersion(await announce(name));
    await drop(name, "two");
    await importVersion(await announce(name));

    const copies = (await namesIn("rejected")).filter((each) => each.endsWith(".pdf"));

    expect(copies).toHaveLength(2);
    expect(copies.every((each) => /^[0-9a-f-]+\/notes\.[0-9a-f]{8}\.pdf$/.test(each))).toBe(true);
  });

  it("names the item where a JSON file is wrong", async () => {
    const name = `${OWNER}/list.json`;
    await drop(name, JSON.stringify([{ text: "A", voice: "v" }, { text: "B" }]));
    const { key } = await announce(name);

    await importVersion({ ...(announced().at(-1) ?? { name, etag: "" }), key });
    const report = await reportOf(`${OWNER}/list.${key.slice(0, 8)}.json.error.json`);

    expect(report).toMatchObject({ line: null, errors: [{ field: "items[1].voice" }] });
  });

  it.each([`${OWNER}/a\\b.txt`, `${OWNER}/a\u0007.txt`, `${OWNER}/${"n".repeat(1_000)}.txt`])(
    "says once why a file with an unusable name stays (%#)",
    async (name) => {
      await drop(name, "Hello.");

      await makeStartImport(ports())(name);
      await makeStartImport(ports())(name);
      const [report = "", ...others] = await namesIn("rejected");

      expect(others).toEqual([]);
      expect(report.startsWith(`${OWNER}/unusable-name.`)).toBe(true);
      expect(await reportOf(report)).toMatchObject({ file: name, code: "drop-file-invalid" });
      expect(orchestrations.started).toEqual([]);
    },
  );

  describe("swept", () => {
    it("starts what nobody announced, once it is ten minutes old, and no settings", async () => {
      await drop(`${OWNER}/_defaults.json`, "{}");
      await drop(`${OWNER}/old.txt`, "Hello.");
      clock.advance(10 * 60 + 1);
      await drop(`${OWNER}/new.txt`, "Hello.");

      const figures = await sweep();

      expect(figures).toEqual({ overdue: 1 });
      expect(announced().map(({ name }) => name)).toEqual([`${OWNER}/old.txt`]);
    });

    it("starts the very import that an event starts", async () => {
      await drop(`${OWNER}/old.txt`, "Hello.");
      const byEvent = await announce(`${OWNER}/old.txt`);
      clock.advance(601);

      await sweep();

      expect(announced()).toEqual([byEvent, byEvent]);
      expect(new Set(orchestrations.started.map(({ instanceId }) => instanceId)).size).toBe(1);
    });

    it("says why a file with an unusable name stays", async () => {
      await drop(`${OWNER}/a\\b.txt`, "Hello.");
      clock.advance(601);

      expect(await sweep()).toEqual({ overdue: 0 });
      expect(await namesIn("rejected")).toHaveLength(1);
    });

    it("looks at 2,000 files at most, and goes on with the others the next time", async () => {
      await Promise.all(
        Array.from({ length: 2_001 }, (_, index) =>
          drop(`${OWNER}/${String(index).padStart(5, "0")}.txt`, "Hello."),
        ),
      );
      clock.advance(601);
      const run = makeSweepDropFolder(ports());

      expect([await run(), await run(), await run()]).toEqual([
        { overdue: 2_000 },
        { overdue: 1 },
        { overdue: 2_000 },
      ]);
    });

    it("leads to the rejection of a file of 200 MiB that is never read", async () => {
      const name = `${OWNER}/book.txt`;
      await drop(name, "Hello.");
      blobs.sizeBytes = 200 * MIB;
      clock.advance(601);

      await sweep();
      const [version = { name, etag: "", key: "" }] = announced();
      const outcome = await importVersion(version);

      expect(outcome).toEqual({ outcome: "rejected" });
      expect(blobs.reads).toEqual([]);
      expect(await namesIn("drop")).toEqual([]);
      expect(await reportOf(`${OWNER}/book.${version.key.slice(0, 8)}.txt.error.json`)).toMatchObject({
        message: expect.stringContaining(`${200 * MIB} bytes`),
      });
    });
  });
});
