import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { objectIdOf } from "../../../local/entra/registration.ts";
import { describedRoutes } from "../../../scripts/described-routes.ts";
import type { RouteSpec } from "../../../src/http/route.ts";
import { type ApiClient, apiClient } from "../../support/api-client.ts";
import { until } from "../../support/until.ts";
import { readyVoice } from "../../support/voices/ready-voice.ts";
import { speechFile } from "../../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const created = z.object({ id: z.string() });

const names = { voiceTalentName: "Sample Speaker", companyName: "Sample Company", locale: "en-US" };

async function makeConsent(api: ApiClient): Promise<string> {
  const form = { ...names, recording: await speechFile("consent.wav") };
  return created.parse(await (await api.postForm("/api/v1/consents", form)).json()).id;
}

async function makeLexiconEntry(api: ApiClient, grapheme = "Siobhan"): Promise<string> {
  const entry = { grapheme, alias: "Shivawn", locale: "en-US" };
  return created.parse(await (await api.postJson("/api/v1/lexicon", entry)).json()).id;
}

async function makeBatch(api: ApiClient): Promise<string> {
  const request = { items: [{ text: "Whose is this?" }], defaults: { voice: "en-US-AvaMultilingualNeural" } };
  const { id } = created.parse(await (await api.postJson("/api/v1/synthesis/batch", request)).json());
  await until(
    async () =>
      z.object({ status: z.string() }).parse(await (await api.get(`/api/v1/synthesis/batch/${id}`)).json()),
    ({ status }) => status === "completed",
  );
  return id;
}

async function makeDelivery(api: ApiClient): Promise<string> {
  const request = {
    items: [{ text: "Who is told of this?" }],
    defaults: { voice: "en-US-AvaMultilingualNeural" },
    notify: { url: `${stack.baseUrl}/health` },
  };
  await statusOf(await api.postJson("/api/v1/synthesis/batch", request));
  const { items } = await until(
    async () =>
      z
        .object({ items: z.array(created) })
        .parse(await (await api.get("/api/v1/webhooks/deliveries")).json()),
    (page) => page.items.length > 0,
  );
  return items[0]?.id ?? "";
}

async function makeSynthesis(api: ApiClient): Promise<string> {
  const request = { text: "Whose is this?", voice: "en-US-AvaMultilingualNeural", timings: "word" };
  const response = await api.postJson("/api/v1/synthesis/speak", request);
  await response.body?.cancel();
  const id = response.headers.get("x-synthesis-id") ?? "";
  await until(
    async () => statusOf(await api.get(`/api/v1/synthesis/history/${id}`)),
    (status) => status === 200,
  );
  return id;
}

/** An id of the same form that names nothing. */
function unknownLike(id: string): string {
  return `${id.slice(0, -4)}ZZZZ`;
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

/** Parameter of a path → makes what it names, for the owner. A route with another parameter fails here until it has one. */
const MAKERS: Readonly<Record<string, (api: ApiClient) => Promise<string>>> = {
  voiceId: readyVoice,
  consentId: makeConsent,
  entryId: makeLexiconEntry,
  synthesisId: makeSynthesis,
  batchId: makeBatch,
  deliveryId: makeDelivery,
};

/** The id of a lexicon entry does not say whose lexicon it is in: administrators name the owner. */
const NAMES_OWNER: ReadonlySet<string> = new Set(["entryId"]);
const OWNER_NAME = `owner-${process.pid}`;
const OWNER_QUERY = `?ownerId=${objectIdOf(OWNER_NAME)}`;

/** A body that each operation takes, where it needs one. */
const BODIES: Readonly<Record<string, unknown>> = {
  updateVoice: { name: "Another name" },
  createLexiconEntry: { grapheme: "Orla", alias: "Or la" },
  updateLexiconEntry: { grapheme: "Siobhan", alias: "Shi vawn", locale: "en-US" },
};

const owned = describedRoutes()
  .map(({ spec }) => ({ spec, parameter: /\{(\w+)\}/.exec(spec.path)?.[1] ?? "" }))
  .filter(({ spec, parameter }) => parameter !== "" && spec.permission !== "public" && spec.method !== "ANY");

const resources = new Map<string, string>();
let owner: ApiClient;
let stranger: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  [owner, stranger, admin] = await Promise.all([
    apiClient({ ...stack, name: OWNER_NAME }),
    apiClient(stack),
    apiClient({ ...stack, roles: ["Voice.Admin"] }),
  ]);
  for (const parameter of new Set(owned.map((route) => route.parameter))) {
    const make = MAKERS[parameter];
    if (make !== undefined) {
      resources.set(parameter, await make(owner));
    }
  }
});

function call(api: ApiClient, spec: RouteSpec, id: string): Promise<Response> {
  const path = spec.path.replace(/\{\w+\}/, id);
  const body = BODIES[spec.operationId];
  return api.send(path, {
    method: spec.method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
}

function withQuery(spec: RouteSpec, query: string): RouteSpec {
  return { ...spec, path: `${spec.path}${query}` };
}

async function codeOf(response: Response): Promise<unknown> {
  const { status, code } = z.object({ status: z.number(), code: z.string() }).parse(await response.json());
  return { status, code };
}

describe("what belongs to somebody", () => {
  it.each(owned)("does not exist for strangers: $spec.operationId", async ({ spec, parameter }) => {
    const id = resources.get(parameter);
    expect(id, `MAKERS needs an entry for {${parameter}}`).toBeDefined();

    const ofOwner = await codeOf(await call(stranger, spec, id ?? ""));
    const ofNobody = await codeOf(await call(stranger, spec, unknownLike(id ?? "")));

    expect(ofOwner).toEqual(ofNobody);
    expect(ofOwner).toMatchObject({ status: 404 });
  });

  const readable = owned.filter(({ spec }) => spec.method === "GET");

  it.each(readable)("is there for its owner and for an administrator: $spec.operationId", async (route) => {
    const id = resources.get(route.parameter) ?? "";
    const query = NAMES_OWNER.has(route.parameter) ? OWNER_QUERY : "";

    const responses = [call(owner, route.spec, id), call(admin, withQuery(route.spec, query), id)];

    expect(await Promise.all(responses.map(async (response) => statusOf(await response)))).toEqual([
      200, 200,
    ]);
  });
});

/** With a body that is good, so that only the owner is in question. */
async function sendTo(api: ApiClient, spec: RouteSpec, id: string): Promise<Response> {
  if (spec.operationId === "bulkUploadLexicon") {
    const file = new File(["grapheme,alias\nSaoirse,Seer-sha\n"], "more.csv");
    return api.postForm(spec.path, { file });
  }
  return call(api, spec, id);
}

const PERMISSION_DENIED = { status: 403, code: "permission-denied" };
const ofOwners = describedRoutes()
  .map(({ spec }) => spec)
  .filter(({ querySchema }) => querySchema instanceof z.ZodObject && "ownerId" in querySchema.shape);

describe("what is asked for by its owner", () => {
  it.each(ofOwners)("is refused to strangers, whether or not it is there: $operationId", async (spec) => {
    const id = resources.get("entryId") ?? "";

    const queries = [OWNER_QUERY, "?ownerId=nobody"];
    const refusals = await Promise.all(
      queries.map(async (query) => codeOf(await sendTo(stranger, withQuery(spec, query), id))),
    );

    expect(refusals).toEqual([PERMISSION_DENIED, PERMISSION_DENIED]);
  });

  it.each([
    ["/api/v1/voices", "voiceId"],
    ["/api/v1/consents", "consentId"],
    ["/api/v1/lexicon", "entryId"],
    ["/api/v1/synthesis/history", "synthesisId"],
    ["/api/v1/synthesis/batch", "batchId"],
    ["/api/v1/webhooks/deliveries", "deliveryId"],
  ])(
    "is listed for its owner and for administrators, and nothing of others with it: %s",
    async (path, parameter) => {
      const [ofOwner, ofAdmin, adminsOwn] = await Promise.all([
        idsAt(owner, `${path}${OWNER_QUERY}&limit=100`),
        idsAt(admin, `${path}${OWNER_QUERY}&limit=100`),
        idsAt(admin, `${path}?limit=100`),
      ]);

      expect(ofOwner).toContain(resources.get(parameter));
      expect(ofAdmin).toEqual(ofOwner);
      expect(adminsOwn).not.toContain(resources.get(parameter));
    },
  );
});

async function idsAt(api: ApiClient, path: string): Promise<readonly string[]> {
  const page = z.object({ items: z.array(created) }).parse(await (await api.get(path)).json());
  return page.items.map(({ id }) => id);
}

describe("a lexicon of somebody else", () => {
  it("is listed, exported, extended, changed and cleared by administrators", async () => {
    const before = await makeLexiconEntry(owner, "Niamh");
    const made = created.parse(
      await (
        await admin.postJson(`/api/v1/lexicon${OWNER_QUERY}`, { grapheme: "Aoife", alias: "Eefa" })
      ).json(),
    );
    const listed = z
      .object({ items: z.array(created) })
      .parse(await (await admin.get(`/api/v1/lexicon${OWNER_QUERY}&limit=100`)).json());
    const exported = await (await admin.get(`/api/v1/lexicon/export${OWNER_QUERY}&format=csv`)).text();
    const file = new File(["grapheme,alias\nSaoirse,Seer-sha\n"], "more.csv");
    const uploaded = await admin.postForm(`/api/v1/lexicon/bulk-upload${OWNER_QUERY}`, { file });
    const changed = await admin.send(`/api/v1/lexicon/${before}${OWNER_QUERY}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ alias: "Neev" }),
    });
    const cleared = await admin.delete(`/api/v1/lexicon/${made.id}${OWNER_QUERY}`);

    const seenByOwner: unknown = await (await owner.get(`/api/v1/lexicon/${before}`)).json();
    const own = await owner.get("/api/v1/lexicon?q=Saoirse");
    expect(listed.items.map(({ id }) => id)).toEqual(expect.arrayContaining([before, made.id]));
    expect(exported).toContain("Niamh");
    expect(await Promise.all([uploaded, changed, cleared].map(statusOf))).toEqual([200, 200, 204]);
    expect(seenByOwner).toMatchObject({ alias: "Neev" });
    expect(await own.json()).toMatchObject({ items: [{ alias: "Seer-sha" }] });
  });
});
