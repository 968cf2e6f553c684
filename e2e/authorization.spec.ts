import http from "node:http";
import type { Page } from "@playwright/test";
import { ask, decide, readRequest, tokenOf, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { expectSaved, openWizard, shortName } from "#e2e/wizard.ts";

const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };

/** Opens an address that must be "not found", whoever guesses it. */
async function expectNothingThere(page: Page, path: string) {
  const response = await page.goto(path);
  expect(response?.status(), path).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "There is nothing here for you" })).toBeVisible();
}

test("a developer of another project finds neither the request, nor the table, nor the draft", async ({
  asPerson,
  expectFault,
}) => {
  const key = uniqueKey("private");
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [key]: { partition_key: "id" } },
  });
  const table = (await untilState("Dana", request, "completed")).tables[0]!;
  const dana = await asPerson("Dana");
  await openWizard(dana);
  await shortName(dana, 0, 1).fill(uniqueKey("secret"));
  await expectSaved(dana);

  expectFault(/status of 404/);
  const noor = await asPerson("Noor");
  await expectNothingThere(noor, `/requests/${request.id}`);
  await expectNothingThere(noor, `/requests/${request.id}/edit`);
  await expectNothingThere(noor, `/tables/${table.table_id}`);
  await expectNothingThere(noor, new URL(dana.url()).pathname + new URL(dana.url()).search);
  expect((await noor.request.get(`/api/requests/${request.id}`)).status()).toBe(404);
  for (const list of ["/requests", "/tables", "/approvals"]) {
    await noor.goto(`${list}?q=${key}`);
    await expect(noor.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(noor.getByRole("main").getByRole("link", { name: new RegExp(key) })).toHaveCount(0);
    await expect(noor.getByText(table.name)).toHaveCount(0);
  }
  const pat = await asPerson("Pat");
  await expectNothingThere(pat, new URL(dana.url()).pathname + new URL(dana.url()).search);
});

test("an address that nobody has is not found, in the portal's own words", async ({
  asPerson,
  expectFault,
}) => {
  expectFault(/status of 404/);
  const dana = await asPerson("Dana");
  for (const path of ["/nowhere", "/requests/not-an-id", "/tables/00000000-0000-4000-8000-000000000000"]) {
    await expectNothingThere(dana, path);
  }
});

test("a browser that asks for the icon where browsers look for one finds it, signed in or not", async ({
  request,
}) => {
  const response = await request.get("/favicon.ico", { maxRedirects: 0 });
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toContain("image/");
});

test("who is not signed in is asked to, and comes back to the page they wanted", async ({ page }) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("link")]: { partition_key: "id" } },
  });
  await page.goto(`/requests/${request.id}?from=mail`);
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.getByRole("button", { name: "pat@example.com" }).click();
  await expect(page).toHaveURL(new RegExp(`/requests/${request.id}\\?from=mail$`));
  await expect(page.getByRole("button", { name: "Approve…" })).toBeVisible();
});

test("signing in leads to no other site", async ({ page }) => {
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "/sign-in"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByRole("button", { name: "dana@example.com" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Hello, Dana" })).toBeVisible();
  }
});

test("signing out ends the session on the server, not only in the browser", async ({ page, signInAs }) => {
  await signInAs("Noor");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "Account of Noor" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.context().addCookies(cookies);
  await page.goto("/tables");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Ftables$/);
});

test("the session's cookie is out of reach for scripts and other sites", async ({ page, signInAs }) => {
  await signInAs("Noor");
  const session = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
  expect(session.length).toBeGreaterThan(0);
  for (const cookie of session) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("writes that another site sends are refused, session or not", async ({ asPerson }) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("forged")]: { partition_key: "id" } },
  });
  const dana = await asPerson("Dana");
  for (const [method, path] of [
    ["PUT", "/api/drafts"],
    ["DELETE", `/api/drafts/${request.id}`],
    ["POST", "/api/preview"],
  ] as const) {
    const response = await dana.request.fetch(path, { method, headers: foreign, data: {} });
    expect(response.status(), `${method} ${path}`).toBe(403);
  }

  await dana.goto(`/requests/${request.id}`);
  await dana.getByRole("textbox", { name: "Comment" }).fill("Said once.");
  const [action] = await Promise.all([
    dana.waitForRequest((sent) => sent.method() === "POST" && "next-action" in sent.headers()),
    dana.getByRole("button", { name: "Comment", exact: true }).click(),
  ]);
  await expect(dana.getByRole("list", { name: "What happened" }).getByText("Said once.")).toBeVisible();
  const { "next-action": id, "content-type": type, accept } = action.headers();
  const replay = (headers: Record<string, string>) =>
    dana.request.fetch(action.url(), {
      method: "POST",
      headers: { "next-action": id!, "content-type": type!, accept: accept!, ...headers },
      data: action.postDataBuffer()!,
      failOnStatusCode: false,
    });
  const said = async () =>
    (await readRequest("Dana", request.id)).events.filter(({ comment }) => comment === "Said once.").length;
  await replay(foreign);
  await replay({ origin: "null" });
  expect(await said()).toBe(1);
  const own = new URL(action.url()).origin;
  await replay({ origin: own, "sec-fetch-site": "same-origin" });
  expect(await said(), "the same call from our own page is a comment").toBe(2);
});

test("a cookie opens nothing of API v1, and a token nothing of the pages", async ({ asPerson, baseURL }) => {
  const dana = await asPerson("Dana");
  const response = await dana.request.get("/api/v1/me");
  expect(response.status()).toBe(401);
  const page = await fetch(`${baseURL}/requests`, {
    headers: { authorization: `Bearer ${await tokenOf("Dana")}` },
    redirect: "manual",
  });
  expect(page.status).toBe(307);
  expect(page.headers.get("location")).toContain("/sign-in");
});

test("the demo answers to names of this machine alone", async ({ baseURL }) => {
  const statusFor = (host: string) =>
    new Promise<number>((resolve, reject) => {
      http
        .get(`${baseURL}/sign-in`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
        .on("error", reject);
    });
  const { port } = new URL(baseURL!);
  for (const host of ["evil.example", `tablewright.internal:${port}`, `127.0.0.1.evil.example:${port}`]) {
    expect(await statusFor(host), host).toBeGreaterThanOrEqual(400);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    expect(await statusFor(host), host).toBe(200);
  }
});

test("a table of a request that failed half-way stays hidden from strangers too", async ({
  asPerson,
  expectFault,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("half-fail-create")]: { partition_key: "id" } },
  });
  await decide("Pat", "approve", request);
  const { tables } = await untilState("Dana", request, "failed");
  expectFault(/status of 404/);
  const noor = await asPerson("Noor");
  await expectNothingThere(noor, `/tables/${tables[0]!.table_id}`);
});
