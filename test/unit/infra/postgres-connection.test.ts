import { describe, expect, it } from "vitest";
import { connectionOf } from "../../../src/adapters/postgres/connection.ts";

const credential = {
  getToken: async (scopes: string | string[]) => ({
    token: `token for ${String(scopes)}`,
    expiresOnTimestamp: 0,
  }),
};

describe("a connection to PostgreSQL", () => {
  it("signs in with the password of the URL", () => {
    const url = "postgresql://ann:secret@db.example:6000/voices?sslmode=disable";

    expect(connectionOf(url, credential)).toEqual({ connectionString: url });
  });

  it("signs in with a token of the managed identity where the URL has no password, over TLS", async () => {
    const { password, ...rest } = connectionOf("postgresql://id-app%2D1@db.example/voices", credential);

    expect(rest).toEqual({ user: "id-app-1", host: "db.example", port: 5432, database: "voices", ssl: true });
    await expect(Promise.resolve(typeof password === "function" ? password() : password)).resolves.toBe(
      "token for https://ossrdbms-aad.database.windows.net/.default",
    );
  });
});
