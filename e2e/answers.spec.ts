import net from "node:net";
import { ask, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test("no cache keeps what is shown to somebody, and every answer says what it is and in which letters", async ({
  asPerson,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [uniqueKey("kept")]: { partition_key: "id" } },
  });
  const table = (await untilState("Dana", request, "completed")).tables[0]!;
  const dana = await asPerson("Dana");
  for (const [path, type] of [
    ["/", "text/html; charset=utf-8"],
    ["/tables", "text/html; charset=utf-8"],
    [`/tables/${table.table_id}`, "text/html; charset=utf-8"],
    [`/requests/${request.id}`, "text/html; charset=utf-8"],
    ["/profile", "text/html; charset=utf-8"],
    ["/settings", "text/html; charset=utf-8"],
    ["/sign-in", "text/html; charset=utf-8"],
    ["/api/tables.csv", "text/csv; charset=utf-8"],
    ["/api/notices", "application/json"],
    [`/snippets/download?table_id=${table.table_id}&format=iam-policy`, "application/zip"],
    ["/api/requests/not-an-id", "application/problem+json"],
  ] as const) {
    const response = await dana.request.get(path);
    const { "cache-control": cache, "content-type": told } = response.headers();
    expect(cache, path).toContain("no-store");
    expect(told, path).toBe(type);
  }
});

test("a download is a file with a name of ours, whatever was asked for", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  const csv = await dana.request.get("/api/tables.csv");
  expect(csv.headers()["content-disposition"]).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
});

test("pages and routes are changed by no method but those they have", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  const here = { origin: new URL(dana.url()).origin, "sec-fetch-site": "same-origin" };
  for (const [method, path] of [
    ["PUT", "/api/preview"],
    ["GET", "/api/preview"],
    ["GET", "/api/imports"],
    ["PATCH", "/api/drafts"],
    ["DELETE", "/api/tables.csv"],
    ["POST", "/api/notices"],
  ] as const) {
    const response = await dana.request.fetch(path, { method, headers: here });
    expect(response.status(), `${method} ${path}`).toBe(405);
  }
});

test("no other site is allowed to read an answer", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  for (const path of ["/tables", "/api/notices", "/api/v1/me", "/api/v1/openapi.json"]) {
    const response = await dana.request.get(path, { headers: { origin: "https://evil.example" } });
    const names = Object.keys(response.headers()).filter((name) => name.startsWith("access-control-"));
    expect(names, path).toEqual([]);
  }
});

test("no address lists what lies in a folder", async ({ request }) => {
  for (const path of ["/_next/", "/_next/static/", "/_next/static/chunks/", "/.git/HEAD", "/package.json"])
    expect((await request.get(path)).status(), path).toBe(404);
});

test("a request whose length is told in two ways is refused", async ({ baseURL }) => {
  const { hostname, port, host } = new URL(baseURL!);
  const answered = await new Promise<string>((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () =>
      socket.write(
        `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    );
    socket.once("data", (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once("error", reject);
  });
  expect(answered).toMatch(/^HTTP\/1\.1 400 /);
});

test("after signing out, the way back shows nothing of what was there", async ({ page, signInAs }) => {
  await signInAs("Noor");
  await page.goto("/settings");
  await page.goto("/tables");
  await expect(page.getByRole("button", { name: "Account of Noor" })).toBeVisible();
  await page.getByRole("button", { name: "Account of Noor" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("button", { name: "Account of Noor" })).toHaveCount(0);
});
