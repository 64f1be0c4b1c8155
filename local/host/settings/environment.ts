export interface EnvironmentOptions {
  readonly appDirectory: string;
  readonly port: number;
  /** Strongest: what the caller of `startHost` passes. */
  readonly settings: Readonly<Record<string, string>>;
  /** Weakest: a variable that the process has already wins over local.settings.json. */
  readonly localSettings: Readonly<Record<string, string>>;
}

/** Gives the process the environment that Azure gives a worker, and moves it into the app's directory. */
export function enterApp({ appDirectory, port, settings, localSettings }: EnvironmentOptions): void {
  const own = {
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    FUNCTIONS_WORKER_RUNTIME: "node",
  };
  Object.assign(process.env, { ...localSettings, ...own, ...process.env }, settings, {
    AzureWebJobsScriptRoot: appDirectory,
    // The Durable SDK falls back to port 7071 without it.
    WEBSITE_HOSTNAME: `localhost:${port}`,
  });
  process.chdir(appDirectory);
}
