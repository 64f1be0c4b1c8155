import { app } from "@azure/functions";

app.http("all", { methods: ["GET"], route: "{*path}", handler: () => ({ body: "all" }) });
app.http("hello", { methods: ["GET"], route: "hello", handler: () => ({ body: "hello" }) });
