import * as df from "durable-functions";

df.app.orchestration("http", function* (context) {
  yield context.df.callHttp({ method: "GET", url: "http://127.0.0.1:1/" });
});

df.app.orchestration("entity", function* (context) {
  yield context.df.callEntity(new df.EntityId("counter", "a"), "get");
});

df.app.orchestration("lock", function* (context) {
  yield context.df.lock(new df.EntityId("counter", "a"));
});
