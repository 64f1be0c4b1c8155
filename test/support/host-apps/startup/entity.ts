import * as df from "durable-functions";

df.app.entity("counter", () => undefined);
