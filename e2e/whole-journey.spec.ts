import { expect, type Locator, type Page } from "@playwright/test";
import { api, readRequest, readTable, uniqueKey } from "#e2e/api.ts";
import { test } from "#e2e/journey.ts";
import { chooseTable, expectStep, fillWhere, goOn, openWizard } from "#e2e/wizard.ts";
import type { RequestView } from "#lib/requests/schema.ts";

test("tables asked for in the wizard and approved in the queue are there to use, with ARNs and policies to copy", async ({
  asPerson,
}) => {
  test.setTimeout(120_000);
  const keys = {
    users: uniqueKey("user-data"),
    events: uniqueKey("events"),
    sessions: uniqueKey("sessions"),
  };
  const dana = await asPerson("Dana", { permissions: ["clipboard-read", "clipboard-write"] });

  await test.step("Dana describes three tables", () => describeTables(dana, keys));
  await test.step("Review shows the plan and who has to approve", () => review(dana, keys));
  await dana.getByRole("button", { name: "Send the request" }).click();
  await expect(dana).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  await expect(dana.getByText("Waiting for approval", { exact: true })).toBeVisible();
  const id = dana.url().split("/").at(-1)!;
  const { number } = await readRequest("Dana", id);

  const pat = await asPerson("Pat");
  await test.step("Pat finds it in the queue and approves it", () => approve(pat, number));
  await test.step("its steps become done under Dana's eyes", () => watchSteps(dana, keys));
  const request = await readRequest("Dana", id);
  await test.step("the outputs stand on the request's page", () => readOutputs(dana, request, keys));
  await test.step("the table's page tells what was found", () => readTablePage(dana, request, keys.events));
  await test.step("the policy can be copied", () => copyPolicy(dana, request, keys.events));
});

type Keys = { users: string; events: string; sessions: string };

async function describeTables(page: Page, { users, events, sessions }: Keys) {
  await openWizard(page);
  const justification = "The three tables of the shop's first release.";
  await fillWhere(page, {
    project: "shop",
    environment: "stage",
    justification,
    keys: [users, events, sessions],
  });
  for (const key of [users, events, sessions]) {
    await expect(page.getByText(`shop-stage-${key} · The name is free in Tablewright.`)).toBeVisible();
  }

  await goOn(page, "Keys");
  const partitionKey = page.getByRole("textbox", { name: "Partition key" });
  await chooseTable(page, users);
  await partitionKey.fill("user_id");
  await chooseTable(page, events);
  await page.getByRole("radio", { name: /^Time series/ }).check();
  await partitionKey.fill("event_type");
  await page.getByRole("textbox", { name: "Sort key" }).fill("timestamp");
  await page.getByRole("combobox", { name: "Sort key: Type" }).selectOption("N");
  await chooseTable(page, sessions);
  await partitionKey.fill("session_id");

  await goOn(page, "Capacity");
  await goOn(page, "Lifetime and stream");
  await chooseTable(page, events);
  await page.getByRole("switch", { name: "Let items expire" }).check();
  await expect(page.getByRole("textbox", { name: "TTL attribute" })).toHaveValue("ttl");
  await page.getByRole("switch", { name: "Stream of changes" }).check();
  await expect(page.getByRole("radio", { name: "New and old images" })).toBeChecked();
  await chooseTable(page, sessions);
  await page.getByRole("switch", { name: "Let items expire" }).check();
  await page.getByRole("textbox", { name: "TTL attribute" }).fill("expires_at");

  await goOn(page, "Protection");
  for (const key of [users, events]) {
    await chooseTable(page, key);
    await page.getByRole("switch", { name: "Point-in-time recovery" }).check();
  }
  await goOn(page, "Indexes and tags");
  await goOn(page, "Review");
}

async function review(page: Page, { users, events, sessions }: Keys) {
  await expectStep(page, "Review");
  await expect(page.getByText("1 of platform")).toBeVisible();
  const plan = (key: string) =>
    page
      .getByRole("region", { name: `Table ${key}` })
      .getByRole("list")
      .last()
      .getByRole("listitem");
  const calls = async (key: string) => {
    await expect(plan(key).first()).toBeVisible();
    return (await plan(key).locator("summary").allInnerTexts()).map((text) => text.split(" ")[0]);
  };
  expect(await calls(users)).toEqual(["CreateTable", "UpdateContinuousBackups"]);
  expect(await calls(events)).toEqual(["CreateTable", "UpdateTimeToLive", "UpdateContinuousBackups"]);
  expect(await calls(sessions)).toEqual(["CreateTable", "UpdateTimeToLive"]);
  await plan(events).first().getByText("as JSON").click();
  await expect(page.getByRole("region", { name: "CreateTable as JSON" })).toContainText(
    `"TableName": "shop-stage-${events}"`,
  );
}

async function approve(page: Page, number: number) {
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Approvals/ })
    .click();
  const row = page.getByRole("row", { name: new RegExp(`#${number}\\b`) });
  await expect(row).toContainText("Dana");
  await expect(row).toContainText("platform (you)");
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("3 tables for shop in stage");
  await page.getByRole("button", { name: "Approve…" }).click();
  const dialog = page.getByRole("dialog", { name: `Approve request ${number}` });
  await dialog.getByRole("textbox", { name: /^Comment/ }).fill("Looks as the module would have it.");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(dialog).toBeHidden();
}

/** The page was loaded before the approval and is not loaded again. */
async function watchSteps(page: Page, { users, events, sessions }: Keys) {
  const steps = (key: string) =>
    page.getByRole("list", { name: `Steps for shop-stage-${key}` }).getByRole("listitem");
  for (const [key, count] of [
    [users, 2],
    [events, 3],
    [sessions, 2],
  ] as const) {
    await expect(steps(key).filter({ hasText: /^done: / })).toHaveCount(count, { timeout: 30_000 });
  }
  await expect(page.getByText("Completed", { exact: true })).toBeVisible();
  await expect(page.getByText("Active", { exact: true })).toHaveCount(3);
  await expect(page.getByText("Looks as the module would have it.")).toBeVisible();
}

/** What stands beside a term. */
const definition = (within: Locator | Page, term: string) =>
  within
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator("xpath=following-sibling::dd");

async function readOutputs(page: Page, request: RequestView, { events }: Keys) {
  type Outputs = { tables: Record<string, { name: string; arn: string; stream_arn: string | null }> };
  const { tables } = await api<Outputs>("Dana", `GET /requests/${request.id}/outputs`);
  expect(Object.keys(tables)).toHaveLength(3);
  const { name, arn, stream_arn } = tables[events]!;
  expect(arn).toBe(`arn:aws:dynamodb:us-east-1:000000000000:table/${name}`);
  await expect(page.getByText(arn, { exact: true })).toBeVisible();
  await expect(page.getByText(stream_arn!, { exact: true })).toBeVisible();
}

async function readTablePage(page: Page, request: RequestView, key: string) {
  const { table_id, name } = request.tables.find((table) => table.key === key)!;
  const table = await readTable("Dana", table_id!);
  await page.getByRole("heading", { name }).getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(/observed .*ago|observed just now/)).toBeVisible();
  await expect(definition(page, "Table ARN")).toContainText(table.arn!);
  await expect(definition(page, "Stream ARN")).toContainText(table.stream_arn!);
  await expect(definition(page, "Stream shows")).toContainText("New and old images");
  await expect(definition(page, "Stream shows")).toContainText(table.stream.label!);
  const facet = (setting: string) =>
    page.getByRole("table", { name: "As approved, as found" }).getByRole("row", { name: setting });
  await expect(facet("Time to live")).toContainText(/on ttl.*on ttl.*same/);
  await expect(facet("Point-in-time recovery")).toContainText(/35 days.*35 days.*restorable from.*same/);
  await expect(facet("Encryption")).toContainText(/AWS-managed key.*same/);
  await page.getByRole("button", { name: "Copy table ARN" }).click();
  expect(await clipboard(page)).toBe(table.arn);
}

async function copyPolicy(page: Page, request: RequestView, key: string) {
  const { table_id } = request.tables.find((table) => table.key === key)!;
  const wanted = (as: string) =>
    api<{ content: string }>(
      "Dana",
      `GET /tables/${table_id}/snippets/iam-policy?access=reader-writer&as=${as}`,
    );
  await page
    .getByRole("navigation", { name: "Access" })
    .getByRole("link", { name: "Read and write" })
    .click();
  const copy = page.getByRole("button", { name: "Copy policy" });
  await copy.click();
  await expect.poll(() => clipboard(page)).toBe((await wanted("json")).content);
  expect(JSON.parse(await clipboard(page)).Statement[0].Resource).toContain(`shop-stage-${key}`);

  await page.getByRole("navigation", { name: "Written as" }).getByRole("link", { name: "HCL" }).click();
  await expect(page.getByRole("region", { name: "IAM policy" })).toContainText("aws_iam_policy_document");
  await copy.click();
  await expect.poll(() => clipboard(page)).toBe((await wanted("terraform")).content);
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
