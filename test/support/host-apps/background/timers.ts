import { app } from "@azure/functions";
import { record } from "./record.ts";

app.timer("tick", {
  schedule: "%TICK_SCHEDULE%",
  handler: (timer) => {
    record.push({ name: "tick", value: timer });
  },
});

app.timer("atStart", {
  schedule: "0 0 0 1 1 *",
  runOnStartup: true,
  handler: (timer) => {
    record.push({ name: "atStart", value: timer.isPastDue });
  },
});

let failures = 0;

app.timer("flaky", {
  schedule: "0 0 0 1 1 *",
  retry: { strategy: "fixedDelay", delayInterval: { seconds: 0 }, maxRetryCount: 3 },
  handler: (_timer, context) => {
    record.push({ name: "flaky", value: context.retryContext });
    failures += 1;
    if (failures < 3) {
      throw new Error(`Failure ${failures}.`);
    }
  },
});

app.timer("disabled", { schedule: "* * * * * *", runOnStartup: true, handler: () => undefined });
