import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

const baseUrl = inject("baseUrl");
const entraUrl = inject("parts")["Entra"] ?? "";
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`There is no ${CHROMIUM}: install chromium, or name another one in CHROMIUM.`);
  }
  browser = await chromium.launch({ executablePath: CHROMIUM });
});

afterAll(async () => {
  await browser.close();
});

interface WatchedPage {
  readonly page: Page;
  /** Origins that the page asked for anything. */
  readonly origins: Set<string>;
  /** Errors of scripts and violations of the Content-Security-Policy. */
  readonly complaints: string[];
}

async function open(path: string): Promise<WatchedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const origins = new Set<string>();
  const complaints: string[] = [];
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http")) {
      origins.add(origin);
    }
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  page.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(message.text());
    }
  });
  await page.goto(`${baseUrl}${path}`);
  return { page, origins, complaints };
}

describe("Swagger UI", () => {
  it("signs somebody in, speaks, and plays the sound, without a request to anybody else", async () => {
    const { page, origins, complaints } = await open("/docs");
    await page.getByRole("button", { name: "Authorize" }).first().click();
    const scheme = page.locator(".auth-container").filter({ hasText: "authorizationCode with PKCE" });
    const [popup] = await Promise.all([
      page.waitForEvent("popup"),
      scheme.locator("button.authorize").click(),
    ]);
    await popup.getByLabel("User name").fill("browser");
    await Promise.all([popup.waitForEvent("close"), popup.getByRole("button", { name: "Sign in" }).click()]);
    await scheme.getByText("Logout").waitFor();
    await page.locator(".dialog-ux .close-modal").click();

    await page.locator("#operations-Synthesis-speak .opblock-summary-control").click();
    await page.locator("#operations-Synthesis-speak").getByRole("button", { name: "Try it out" }).click();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith("/synthesis/speak")),
      page.locator("#operations-Synthesis-speak").getByRole("button", { name: "Execute" }).click(),
    ]);
    const sound = page.locator("#operations-Synthesis-speak audio");
    await sound.waitFor({ state: "attached" });
    const durationSeconds = await sound.evaluate(
      (audio: { readonly duration: number; addEventListener(name: string, done: () => void): void }) =>
        new Promise<number>((resolve) => {
          if (audio.duration > 0) {
            resolve(audio.duration);
          }
          audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
        }),
    );

    expect(answer.status()).toBe(200);
    expect(durationSeconds).toBeGreaterThan(0.3);
    expect([...origins].toSorted()).toEqual([baseUrl, entraUrl].toSorted());
    expect(complaints).toEqual([]);
  });
});

describe("ReDoc", () => {
  it("shows every operation without a request to anybody else", async () => {
    const { page, origins, complaints } = await open("/redoc");

    await page.getByRole("heading", { name: "Azure Voice Cloning API" }).first().waitFor();
    await page.getByText("/api/v1/synthesis/speak").first().waitFor({ state: "attached" });

    expect([...origins]).toEqual([baseUrl]);
    expect(complaints).toEqual([]);
  });
});

describe("the page of errors", () => {
  it("opens at the code to which a problem document leads", async () => {
    const { page, complaints } = await open("/docs/errors#voice-not-found");

    await expect(page.locator("#voice-not-found h2").innerText()).resolves.toBe("voice-not-found");
    expect(complaints).toEqual([]);
  });
});
