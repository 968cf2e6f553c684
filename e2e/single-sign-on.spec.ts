import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { type IdentityProvider, passProvider, startIdentityProvider } from "#e2e/identity-provider.ts";
import { makeTablesWhile } from "#e2e/load.ts";
import { startDeployment } from "#e2e/replicas.ts";
import { startTraceCollector } from "#e2e/trace-collector.ts";
import { fillWhere, goOn, openWizard } from "#e2e/wizard.ts";
import { freePort } from "#lib/infra/free-port.ts";

// A deployment of its own: two web servers behind a balancer that knows no sessions, three workers, one Postgres and a
// sign-in provider, all of it traced. The tests build on each other's people.
test.describe.configure({ mode: "serial" });

const client = { id: "tablewright", secret: "the client's secret", url: "" };
let provider: IdentityProvider;
let deployment: Awaited<ReturnType<typeof startDeployment>>;
let collector: Awaited<ReturnType<typeof startTraceCollector>>;

const configOf = (issuer: string) => `
name: Acme tables
auditor_group: auditors
projects: { shop: { developers: [shop-devs] } }
environments:
  stage: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
approvals:
  - { id: open, when: environment == "dev", require: [] }
  - { id: default, require: [{ group: platform, count: 1 }] }
sign_in: { oidc: { issuer: "${issuer}", client_id: ${client.id}, client_secret_env: SSO_SECRET, groups_claim: groups } }
`;

test.beforeAll(async () => {
  const [port, providerPort, collectorPort] = [await freePort(), await freePort(), await freePort()];
  client.url = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(providerPort, client, {
    kim: { email: "kim@example.com", name: "Kim Doe", groups: ["shop-devs"] },
    lee: { email: "lee@example.com", name: "Lee Roe", groups: ["platform"] },
    ash: { email: "ash@example.com", name: "Ash Poe", groups: ["auditors"] },
    mallory: { email: "Lee@example.com", name: "Mallory", groups: ["platform"] },
    una: { email: "una@example.com", name: "Una", email_verified: false },
  });
  const config = configOf(provider.issuer);
  collector = await startTraceCollector(collectorPort);
  const variables = {
    SSO_SECRET: client.secret,
    LOG_LEVEL: "info",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
  };
  deployment = await startDeployment(port, { web: 2, workers: 3 }, { config, variables });
});
test.afterAll(async () => {
  await deployment?.stop();
  await provider?.stop();
  await collector?.stop();
});
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
test.use({ baseURL: async ({}, use) => use(client.url) });

const providerButton = (page: Page) => page.getByRole("button", { name: /^Sign in with 127\.0\.0\.1:/ });
const account = (page: Page, name: string) => page.getByRole("button", { name: `Account of ${name}` });
const cookieOf = async (context: BrowserContext) =>
  (await context.cookies(client.url)).find(({ name }) => name === "tablewright-session");

async function signInAs(page: Page, login: string, at = "/") {
  await page.goto(at);
  await providerButton(page).click();
  await passProvider(page, login);
  // Also waits until the page is loaded and its buttons do something.
  await page.waitForURL((url) => url.origin === client.url);
}

async function signOut(page: Page, name: string) {
  await account(page, name).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
}

test("two people in two browsers sign in at the provider, ask, approve, see the table's ARN, and sign out there too", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [kim, lee] = await Promise.all([browser.newPage(), browser.newPage()]);
  await signInAs(kim, "kim", "/requests?state=submitted");
  await expect(account(kim, "Kim Doe")).toBeVisible();
  await expect(kim).toHaveURL(`${client.url}/requests?state=submitted`);
  await openWizard(kim);
  await fillWhere(kim, {
    project: "shop",
    environment: "stage",
    justification: "Orders need a home.",
    keys: ["orders"],
  });
  await goOn(kim, "Keys");
  await kim.getByRole("textbox", { name: "Partition key" }).fill("id");
  for (const step of ["Capacity", "Lifetime and stream", "Protection", "Indexes and tags", "Review"])
    await goOn(kim, step);
  await kim.getByRole("button", { name: "Send the request" }).click();
  await expect(kim.getByText("Waiting for approval", { exact: true })).toBeVisible();

  await signInAs(lee, "lee", new URL(kim.url()).pathname);
  await lee.getByRole("button", { name: "Approve…" }).click();
  await lee.getByRole("dialog").getByRole("button", { name: "Approve", exact: true }).click();
  await expect(kim.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await kim.goto("/tables?q=orders");
  await kim.getByRole("link", { name: "shop-stage-orders" }).click();
  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-orders";
  await expect(kim.getByText(arn, { exact: true }).first()).toBeVisible();
  for (const answered of deployment.answered)
    expect(answered, "each web server took part").toBeGreaterThan(20);

  await signOut(kim, "Kim Doe");
  await expect(kim).toHaveURL(new RegExp(`^${client.url}/sign-in`));
  await providerButton(kim).click();
  await expect(kim.getByPlaceholder("Enter any login")).toBeVisible();
  for (const page of [kim, lee]) await page.context().close();
});

test("a collector gets what web servers and workers did: each answer, each operation and its calls to AWS, by their ids", async () => {
  const [made] = await deployment.query<{ id: string; requestId: string }>(
    `select o.id, o."requestId" from operation o join request r on r.id = o."requestId" where r.environment = 'stage'`,
  );
  const spansOf = (name: string) => collector.spans.filter((span) => span.name === name);
  const ofOperation = () =>
    collector.spans
      .filter(({ attributes }) => attributes["tablewright.operation"] === made!.id)
      .map(({ name }) => name);
  await expect.poll(ofOperation, { timeout: 20_000 }).toContain("operation");
  expect(ofOperation()).toContain("AWS CreateTable");
  const [operation] = spansOf("operation");
  expect(operation).toMatchObject({
    service: "tablewright-worker",
    attributes: { "tablewright.operation": made!.id, "tablewright.request": made!.requestId },
  });
  const [create] = spansOf("AWS CreateTable");
  expect(create).toMatchObject({ traceId: operation!.traceId, parentSpanId: operation!.spanId });
  expect(create!.attributes).toMatchObject({ "rpc.method": "CreateTable", "tablewright.outcome": "ok" });

  const answers = () => collector.spans.filter(({ service }) => service === "tablewright-web");
  await expect.poll(() => answers().filter(({ name }) => name === "GET page").length).toBeGreaterThan(2);
  const page = answers().find(({ name }) => name === "GET page")!;
  expect(page.attributes["tablewright.request_id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(page.attributes["http.response.status_code"]).toBeGreaterThanOrEqual(200);
  const within = answers().filter(({ parentSpanId }) => parentSpanId === page.spanId);
  expect(within.length, "Next's own spans are part of it").toBeGreaterThan(0);
  const texts = collector.spans.flatMap(({ name, attributes }) => [name, ...Object.values(attributes)]);
  const queries = texts.filter((text) => /[?&](code|state)=/.test(String(text)));
  expect(queries, "no query, which may hold what somebody signs in with").toEqual([]);
});

test("a rolling restart of all of them under load loses nothing, makes nothing twice, and signs nobody out", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signInAs(page, "kim", "/profile");
  const token = await deployment.token("load@example.com");
  const submitted = await makeTablesWhile(deployment.urls, token, async () => {
    for (const replica of deployment.replicas) await replica.restart();
  });
  expect(submitted).toBeGreaterThan(10);
  const states = () =>
    deployment.query<{ state: string; count: number }>(
      "select state, count(*)::int as count from request where environment = 'dev' group by state",
    );
  await expect.poll(states, { timeout: 120_000 }).toEqual([{ state: "completed", count: submitted }]);
  const [told] = await deployment.query(
    `select count(*)::int as lines, count(distinct "subjectId")::int as tables from audit_event
     where event = 'table.create' and data->>'name' like 'shop-dev-%'`,
  );
  expect(told).toEqual({ lines: submitted, tables: submitted });
  expect(await deployment.query("select id from worker")).toHaveLength(3);
  await page.reload();
  await expect(account(page, "Kim Doe")).toBeVisible();
});

test("groups are those of the latest sign-in: taken away there, they are gone here; a claim that is no list gives none", async ({
  page,
}) => {
  provider.people.lee!.groups = "platform";
  await signInAs(page, "lee", "/profile");
  await expect(page.getByText(/claim "groups" of the sign-in provider is not a list/)).toBeVisible();
  await expect(page.getByRole("link", { name: "People" })).toHaveCount(0);
  await page.goto("/people");
  await expect(page.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
  provider.people.lee!.groups = ["platform"];
  await signOut(page, "Lee Roe");
  await signInAs(page, "lee", "/people");
  await expect(page.getByRole("link", { name: "Kim Doe" })).toBeVisible();
});

test("an e-mail of somebody known is not taken over by another subject; what is refused is told with a reference, which the log has too", async ({
  page,
}) => {
  await signInAs(page, "mallory");
  const note = page.getByRole("alert").filter({ hasText: "belongs to another account" });
  await expect(note).toContainText(/Reference: [0-9a-f]{8}/);
  const reference = /Reference: ([0-9a-f]{8})/.exec((await note.textContent())!)![1]!;
  const lines = deployment.output.filter((line) => line.includes(reference));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: "sign-in failed", address: "127.0.0.1" },
  ]);
  expect(await cookieOf(page.context())).toBeUndefined();
  await page.context().clearCookies();
  await signInAs(page, "una");
  await expect(page.getByRole("alert").filter({ hasText: "not verified" })).toBeVisible();
});

test("auditors see every request and no way to change one", async ({ page }) => {
  await signInAs(page, "ash", "/requests?q=orders");
  await page
    .getByRole("link", { name: /Create|table|orders/i })
    .last()
    .click();
  await expect(page.getByText("shop-stage-orders").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Comment", exact: true })).toHaveCount(0);
  await page.goto("/tables?q=orders");
  await expect(page.getByRole("link", { name: "shop-stage-orders" })).toBeVisible();
});

test("a token is made on the profile page, shown once, works until it is revoked, and is nothing in an address", async ({
  page,
  request,
}) => {
  await signInAs(page, "kim", "/profile");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(
    /Say what the token/,
  );
  await dialog.getByRole("textbox", { name: "Name" }).fill("ci");
  await dialog.getByRole("button", { name: "Create token" }).click();
  const token = (await dialog.getByRole("region", { name: "Token" }).textContent())!;
  await dialog.getByRole("button", { name: "Done" }).click();
  const bearer = { authorization: `Bearer ${token}` };
  const me = await request.get("/api/v1/me", { headers: bearer });
  expect(await me.json()).toMatchObject({
    email: "kim@example.com",
    groups: ["shop-devs"],
    scopes: ["read"],
  });
  for (const query of [`access_token=${token}`, `token=${token}`])
    expect((await request.get(`/api/v1/me?${query}`)).status()).toBe(401);
  expect((await page.request.get("/api/v1/me")).status(), "the API takes no cookie").toBe(401);

  await page.reload();
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke ci" }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Token revoked")).toBeVisible();
  expect((await request.get("/api/v1/me", { headers: bearer })).status()).toBe(401);
});

test("a session that is planted in a browser is not the one that a sign-in gives it", async ({ browser }) => {
  const attacker = await browser.newContext();
  await signInAs(await attacker.newPage(), "ash", `${client.url}/`);
  const planted = (await cookieOf(attacker))!;
  const victim = await browser.newContext();
  const page = await victim.newPage();
  await page.goto(`${client.url}/sign-in`);
  await victim.addCookies([planted]);
  await providerButton(page).click();
  await passProvider(page, "kim");
  await expect(account(page, "Kim Doe")).toBeVisible();
  const own = (await cookieOf(victim))!;
  expect(own.value).not.toBe(planted.value);
  expect(own).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  const [attackersPage] = attacker.pages();
  await attackersPage!.goto(`${client.url}/profile`);
  await expect(attackersPage!).toHaveURL(/\/sign-in/);
  for (const context of [attacker, victim]) await context.close();
});

test("a callback without its browser, with another state, or for the second time signs nobody in", async ({
  page,
  request,
}) => {
  const bare = await request.get("/sign-in/callback?code=c&state=s", { maxRedirects: 0 });
  expect([bare.status(), bare.headers().location]).toEqual([303, `${client.url}/sign-in?problem=again`]);
  const callbacks: string[] = [];
  page.on("request", (sent) => {
    if (sent.url().includes("/sign-in/callback")) callbacks.push(sent.url());
  });
  await signInAs(page, "kim");
  await expect(account(page, "Kim Doe")).toBeVisible();
  await page.goto(callbacks[0]!);
  await expect(account(page, "Kim Doe"), "the session of before goes on").toBeVisible();

  await page.context().clearCookies({ name: "tablewright-session" });
  await page.goto("/sign-in");
  const [toProvider] = await Promise.all([
    page.waitForRequest((sent) => sent.url().startsWith(`${provider.issuer}/auth`)),
    page.route(`${provider.issuer}/**`, (route) => route.abort()),
    providerButton(page).click(),
  ]);
  expect(new URL(toProvider.url()).searchParams.get("state")).toBeTruthy();
  await page.goto(callbacks[0]!);
  await expect(page.getByRole("alert").filter({ hasText: "Signing in did not work" })).toBeVisible();
  await page.goto(callbacks[0]!.replace("code=", "code=x"));
  await expect(page.getByRole("alert").filter({ hasText: "was used already" })).toBeVisible();
  expect(await cookieOf(page.context())).toBeUndefined();
});

test("a sign-in leads nowhere but into the portal, and no other way in is there", async ({
  page,
  request,
}) => {
  for (const next of [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/sign-in/callback?code=x",
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.locator("input[name=next]")).toHaveValue("/");
  }
  await expect(page.getByRole("button")).toHaveCount(1);
  await page.goto("/sign-in?problem=<b>hello</b>&reference=<i>you</i>");
  await expect(page.getByText("hello")).toHaveCount(0);
  for (const address of ["/api/auth/sign-in/email", "/api/auth/get-session", "/api/auth/demo/sign-in"]) {
    expect((await request.post(address, { data: {} })).status(), address).toBe(404);
  }
});

test("more sign-ins a minute than people sit behind one address are refused, and nobody is locked out for good", async ({
  page,
}) => {
  await deployment.query(
    `insert into sign_in_attempt (hash, state, nonce, "codeVerifier", next, address)
     select 'many-' || n, '', '', '', '/', '127.0.0.1' from generate_series(1, 120) n`,
  );
  await page.goto("/sign-in");
  await providerButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: /many|busy/i })).toBeVisible();
  await deployment.query("update sign_in_attempt set \"createdAt\" = now() - interval '61 seconds'");
  await signInAs(page, "kim");
  await expect(account(page, "Kim Doe")).toBeVisible();
});

test("nothing that is sent forges a line of the log, or reaches a terminal that shows it", async ({
  request,
}) => {
  const forged = '\n{"level":60,"forged":true}\u001b[31m\r\u2028';
  const encoded = encodeURIComponent(forged);
  await request.get(`/sign-in/callback?error=${encoded}&error_description=${encoded}`, { maxRedirects: 0 });
  await request.get(`/requests/${encoded}?q=${encoded}`, { maxRedirects: 0 });
  const token = await deployment.token("forger@example.com");
  for (const data of [{ [forged]: forged }, { kind: forged }, { version: 1, comment: forged }]) {
    const headers = {
      authorization: `Bearer ${token}`,
      "user-agent": encoded,
      "x-request-id": encoded,
      "x-forwarded-for": encoded,
    };
    await request.post("/api/v1/requests", { headers, data });
    await request.post(`/api/v1/requests/${encoded}/approve`, { headers, data });
  }
  await request.get("/api/v1/me", { headers: { authorization: `Bearer ${encoded}` } });
  await expect
    .poll(() => deployment.output.filter((line) => line.includes("refused")).length)
    .toBeGreaterThan(0);
  for (const line of deployment.output.filter((one) => one.startsWith("{"))) {
    expect(JSON.parse(line), line).not.toHaveProperty("forged");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a terminal obeys
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
  }
});

test("a page that fails tells a reference and nothing of why", async ({ page }) => {
  await signInAs(page, "kim");
  await deployment.query("alter table api_token rename to api_token_away");
  try {
    await page.goto("/profile");
    await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
    const html = await page.content();
    expect(html).not.toMatch(/api_token|prisma|postgres|select |node_modules|lib\/people/i);
    const reference = await page.getByRole("main").getByRole("code").textContent();
    const lines = () => deployment.output.filter((line) => line.includes(`"reference":"${reference}"`));
    await expect.poll(() => lines().length, "and one line of the log has both").toBeGreaterThan(0);
    expect(JSON.parse(lines()[0]!)).toMatchObject({ requestId: expect.any(String), err: { code: "P2021" } });
  } finally {
    await deployment.query("alter table api_token_away rename to api_token");
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
});

test("whoever is deactivated loses session, token and sign-in at once", async ({ browser }) => {
  const [kim, lee] = await Promise.all([browser.newPage(), browser.newPage()]);
  await signInAs(kim, "kim", "/profile");
  await signInAs(lee, "lee", "/people?q=kim");
  await lee.getByRole("link", { name: "Kim Doe" }).click();
  await lee.getByRole("button", { name: "Deactivate…" }).click();
  await lee.getByRole("dialog").getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(lee.getByText("deactivated", { exact: true })).toBeVisible();
  await kim.goto("/profile");
  await expect(kim).toHaveURL(/\/sign-in/);
  await providerButton(kim).click();
  await expect(kim.getByRole("alert").filter({ hasText: "This account is deactivated" })).toBeVisible();
  for (const page of [kim, lee]) await page.context().close();
});
