import { app } from "@azure/functions";

app.http("hello", { handler: () => ({ body: `hello ${process.env["FROM_FILE"] ?? ""}` }) });
