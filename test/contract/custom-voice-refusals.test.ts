import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointFields, endpointId, modelFields, trainingSetFields } from "../support/professional-voice.ts";
import { SpeechResource, consentFields, without } from "../support/speech-resource.ts";
import { wavRecording } from "../support/wav-recording.ts";

let resource: SpeechResource;

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

describe("the custom voice API", () => {
  it.each([
    ["an id that is too short", [400, "BadRequest"], "/projects/ab"],
    ["an id of 65 characters", [400, "BadRequest"], `/projects/${"a".repeat(65)}`],
    ["an id that ends with a dot", [400, "BadRequest"], "/projects/abc."],
    ["an id with a blank", [400, "BadRequest"], "/projects/a%20b"],
    ["an endpoint id that is no UUID", [400, "BadRequest"], "/endpoints/endpoint-1"],
    ["an unknown project", [404, "NotFound"], "/projects/project-1"],
    ["an unknown consent", [404, "NotFound"], "/consents/consent-1"],
    ["an unknown personal voice", [404, "NotFound"], "/personalvoices/voice-1"],
    ["an unknown training set", [404, "NotFound"], "/trainingsets/set-1"],
    ["an unknown model", [404, "NotFound"], "/models/model-1"],
    ["an unknown endpoint", [404, "NotFound"], `/endpoints/${endpointId}`],
    ["an unknown operation", [404, "NotFound"], "/operations/operation-1"],
    ["an unknown path", [404, "404"], "/voices"],
    ["a page of nothing", [400, "BadRequest"], "/projects?maxpagesize=0"],
    ["a negative skip", [400, "BadRequest"], "/projects?skip=-1"],
    ["an unknown filter property", [400, "BadRequest"], "/projects?filter=id eq 'a'"],
    ["an order of texts", [400, "BadRequest"], "/projects?filter=kind gt 'a'"],
    ["two conditions", [400, "BadRequest"], "/projects?filter=kind eq 'a' and locale eq 'b'"],
    ["a bad time", [400, "BadRequest"], "/projects?filter=createdDateTime gt 'soon'"],
  ] as const)("refuses %s", async (_name, [status, code], path) => {
    const answer = await resource.call("GET", path);

    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-ms-error-code")).toBe(code);
    expect(answer.body).toHaveProperty("error.code", code);
  });

  it.each(["", "wrong"])("refuses the key %j", async (key) => {
    const headers = { "ocp-apim-subscription-key": key };

    const answer = await resource.call("GET", "/projects", { headers });

    expect([answer.status, answer.headers.get("x-ms-error-code")]).toEqual([401, "401"]);
  });

  it.each(["", "?api-version=2024-02-01-preview", "?api-version=3.2"])(
    "refuses the version %j",
    async (query) => {
      const answer = await fetch(`${resource.url}/customvoice/projects${query}`, {
        headers: { "ocp-apim-subscription-key": "test-key" },
      });

      expect(answer.status).toBe(400);
    },
  );

  it("names the methods that a path has when it is called with another one", async () => {
    const answer = await resource.call("PATCH", "/projects/project-1");

    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, PUT, DELETE"]);
  });

  it("answers 403 to a resource without Limited Access", async () => {
    const unapproved = new SpeechResource({ isApproved: false });
    await unapproved.start();

    const answer = await unapproved.call("GET", "/projects");
    await unapproved.dispose();

    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      error: { code: "Forbidden", message: "You don't have permission to access this resource" },
    });
  });

  it("answers 403 while a fault says so", async () => {
    resource.control.faults.add({ service: "custom-voice", action: { kind: "not-approved" } });

    const answers = [await resource.call("GET", "/projects"), await resource.call("GET", "/projects")];

    expect(answers.map(({ status }) => status)).toEqual([403, 200]);
  });

  it.each([{ operation: "GET /projects/{id}" }, { id: "project-1" }])(
    "answers 403 to the calls alone that a fault names: %o",
    async (match) => {
      resource.control.faults.add({ service: "custom-voice", match, action: { kind: "not-approved" } });

      const others = [
        await resource.call("GET", "/projects"),
        await resource.call("GET", "/consents/consent-1"),
      ];
      const named = await resource.call("GET", "/projects/project-1");

      expect(others.map(({ status }) => status)).toEqual([200, 404]);
      expect(named.status).toBe(403);
    },
  );

  it("answers 429 without Retry-After to more than 50 requests in 10 seconds", async () => {
    const limited = new SpeechResource({ limitsRate: true });
    await limited.start();
    for (let request = 0; request < 50; request++) {
      await limited.call("GET", "/projects");
    }

    const over = await limited.call("GET", "/projects");
    limited.clock.advance(10_000);
    const later = await limited.call("GET", "/projects");
    await limited.dispose();

    expect([over.status, over.headers.get("retry-after"), later.status]).toEqual([429, null, 200]);
  });

  it("counts its calls by operation and id-free path", async () => {
    await resource.call("GET", "/projects/project-1");

    expect(resource.control.calls.count("custom-voice", "GET /projects/{id}")).toBe(1);
  });
});

describe("a list", () => {
  beforeEach(async () => {
    for (const id of ["one", "two", "three"]) {
      await resource.send("PUT", `/projects/${id}`, {
        kind: id === "two" ? "PersonalVoice" : "ProfessionalVoice",
      });
      resource.clock.advance(1000);
    }
  });

  it("comes in pages that link to the next one on the request's own host", async () => {
    const first = await resource.call("GET", "/projects?maxpagesize=2");
    const next = String(first.body["nextLink"]);
    const second = await fetch(next, { headers: { "ocp-apim-subscription-key": "test-key" } });

    expect(next.startsWith(`${resource.url}/customvoice/projects?`)).toBe(true);
    expect(first.body["value"]).toMatchObject([{ id: "one" }, { id: "two" }]);
    expect(await second.json()).toEqual({ value: [expect.objectContaining({ id: "three" })] });
  });

  it.each([
    ["kind eq 'PersonalVoice'", ["two"]],
    ["kind ne 'PersonalVoice'", ["one", "three"]],
    ["createdDateTime gt '2026-11-22T00:00:00.000Z'", ["two", "three"]],
    ["createdDateTime ge 2026-11-22T00:00:01.000Z", ["two", "three"]],
    ["createdDateTime lt '2026-11-22T00:00:01Z'", ["one"]],
    ["createdDateTime le '2026-11-22T00:00:01Z'", ["one", "two"]],
    ["createdDateTime eq '2026-11-22T00:00:01Z'", ["two"]],
    ["createdDateTime ne '2026-11-22T00:00:01Z'", ["one", "three"]],
  ])("is filtered by %s", async (filter, ids) => {
    const { body } = await resource.call("GET", `/projects?filter=${encodeURIComponent(filter)}`);

    expect(body["value"]).toEqual(ids.map((id) => expect.objectContaining({ id })));
  });
});

describe("creating a resource", () => {
  beforeEach(() => resource.prepare("ProfessionalVoice"));

  it.each([
    ["/projects/project-2", {}],
    ["/projects/project-2", { kind: "Other" }],
    ["/trainingsets/set-1", without(trainingSetFields, "locale")],
    ["/trainingsets/set-1", without(trainingSetFields, "projectId")],
    ["/trainingsets/set-1", { ...trainingSetFields, voiceKind: "Other" }],
    ["/trainingsets/set-1", { ...trainingSetFields, projectId: "nowhere" }],
    ["/trainingsets/set-1", { ...trainingSetFields, locale: "english" }],
    ["/consents/consent-2", consentFields],
    ["/consents/consent-2", { ...consentFields, audioUrl: "file:///consent.wav" }],
    [
      "/consents/consent-2",
      { ...without(consentFields, "voiceTalentName"), audioUrl: "http://127.0.0.1:9/" },
    ],
    ["/consents/consent-2", { ...without(consentFields, "companyName"), audioUrl: "http://127.0.0.1:9/" }],
    ["/consents/consent-2", { ...without(consentFields, "locale"), audioUrl: "http://127.0.0.1:9/" }],
    [`/endpoints/${endpointId}`, endpointFields],
    [`/endpoints/${endpointId}`, { ...endpointFields, properties: { kind: "Fast" } }],
    ["/personalvoices/voice-1", { projectId: "project-1", consentId: "consent-1" }],
  ])("refuses %s %o with 400", async (path, body) => {
    const answer = await resource.send("PUT", path, body);

    expect(answer.status).toBe(400);
  });

  it("names every missing field", async () => {
    const { body } = await resource.send("PUT", "/trainingsets/set-1", {});

    expect(body).toEqual({
      error: {
        code: "BadRequest",
        message: "One or more validation errors occurred.",
        details: [
          { code: "BadArgument", target: "locale", message: "The locale field is required." },
          { code: "BadArgument", target: "projectId", message: "The projectId field is required." },
        ],
      },
    });
  });

  it.each([
    ["no JSON", 400, { body: "{", headers: { "content-type": "application/json" } }],
    ["another content type", 415, { body: "{}", headers: { "content-type": "text/plain" } }],
  ])("refuses %s", async (_name, status, init) => {
    const answer = await resource.call("PUT", "/projects/project-2", init);

    expect(answer.status).toBe(status);
  });

  it("refuses an id that is taken with 409", async () => {
    const again = [
      await resource.send("PUT", "/projects/project-1", { kind: "ProfessionalVoice" }),
      await resource.upload("/consents/consent-1", consentFields, wavRecording({ seconds: 4 })),
    ];

    expect(again.map(({ status }) => status)).toEqual([409, 409]);
  });

  it("answers a repeated Operation-Id with what was begun, and refuses it for another request", async () => {
    await resource.send("PUT", "/trainingsets/set-1", trainingSetFields);
    const put = (body: object) =>
      resource.call("PUT", "/models/model-1", {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", "operation-id": "operation-1" },
      });
    const first = await put(modelFields);

    const same = await put(modelFields);
    const other = await put({ ...modelFields, voiceName: "OtherNeural" });

    expect([first.status, same.status, other.status]).toEqual([201, 201, 400]);
    expect(same.headers.get("operation-id")).toBe("operation-1");
  });
});
