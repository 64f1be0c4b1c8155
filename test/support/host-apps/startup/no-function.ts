import { app } from "@azure/functions";

app.hook.appStart(() => undefined);
