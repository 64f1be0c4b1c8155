import { app, type HttpRequest, type HttpResponseInit } from "@azure/functions";

app.http("echo", {
  methods: ["GET", "POST"],
  route: "echo/{id:int}/{name?}",
  handler: async (request: HttpRequest): Promise<HttpResponseInit> => ({
    status: 201,
    headers: { "x-a": "b" },
    cookies: [
      { name: "c", value: "v 1", httpOnly: true, sameSite: "None", maxAge: 60, path: "/" },
      { name: "d", value: "2" },
    ],
    jsonBody: {
      url: request.url,
      params: request.params,
      tags: request.query.getAll("tag"),
      header: request.headers.get("x-header"),
      body: request.method === "GET" ? null : await request.text(),
    },
  }),
});

app.http("bytes", {
  methods: ["POST"],
  handler: async (request) => ({ body: Buffer.from(await request.arrayBuffer()).toReversed() }),
});
app.http("throws", { handler: () => Promise.reject(new Error("The handler failed.")) });
app.http("nothing", { handler: () => undefined as unknown as HttpResponseInit });
app.http("notModified", { handler: () => ({ status: 304, body: "dropped" }) });
