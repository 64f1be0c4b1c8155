import { compose } from "./composition.ts";
import { loadConfig } from "./config.ts";
import { registerDropFolder } from "./functions/register-drop-folder.ts";
import { registerActivities, registerOrchestrations } from "./functions/register-durable.ts";
import { registerHttp } from "./functions/register-http.ts";
import { registerTimers } from "./functions/register-timers.ts";

const app = compose(loadConfig(process.env));
registerHttp(app);
registerOrchestrations(app.orchestrations);
registerActivities(app.activities, app.within);
registerTimers(app.timers, app);
registerDropFolder(app.dropFolder, app.within);
