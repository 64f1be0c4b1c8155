import { app } from "@azure/functions";

app.storageQueue("onMessage", {
  queueName: "q",
  connection: "AzureWebJobsStorage",
  handler: () => undefined,
});
