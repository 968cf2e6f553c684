import type { Page } from "@playwright/test";
import { api, ask, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

/** Tables of Noor's project that are there to use; keys that come first in its list. */
async function tablesOfNoor(...bases: string[]) {
  const keys = bases.map((base) => uniqueKey(`a-${base}`));
  const request = await ask({
    by: "Noor",
    project: "billing",
    environment: "dev",
    tables: Object.fromEntries(keys.map((key) => [key, { partition_key: "tenant", sort_key: "at" }])),
  });
  const { tables } = await untilState("Noor", request, "completed");
  return keys.map((key) => tables.find((table) => table.key === key)!);
}

type Policy = {
  Statement: { Sid: string; Action: string[]; Resource: string | string[]; Condition?: object }[];
};
type Made = { files: { filename: string; content: string }[] };

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const arnOf = ({ name }: { name: string }) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
const code = (page: Page) => page.getByRole("region", { name: "IAM policy", exact: true });

async function chooseTables(page: Page, names: readonly string[]) {
  await page.getByRole("link", { name: "None", exact: true }).click();
  await expect(page.getByText("Tick the tables")).toBeVisible();
  for (const name of names) await page.getByRole("checkbox", { name: `Choose ${name}` }).check();
  const update = page.getByRole("button", { name: "Update the code" });
  if (await update.isVisible()) await update.click();
  await expect(page.getByText(`${names.length} tables`, { exact: true })).toBeVisible();
}

test("a reader policy for two tables of a project is copied as the API would answer it", async ({
  asPerson,
}) => {
  const [invoices, payments, secrets] = await tablesOfNoor("invoices", "payments", "secrets");
  const noor = await asPerson("Noor", { permissions: ["clipboard-read", "clipboard-write"] });
  await noor.goto("/");
  await noor
    .getByRole("navigation", { name: "Projects" })
    .getByRole("link", { name: "billing", exact: true })
    .click();
  await expect(noor.getByRole("heading", { level: 1, name: "billing" })).toBeVisible();
  await chooseTables(noor, [invoices!.name, payments!.name]);
  await noor.getByRole("navigation", { name: "Access" }).getByRole("link", { name: "Reader" }).click();
  await expect(code(noor)).not.toContainText("dynamodb:PutItem");

  await noor.getByRole("button", { name: "Copy policy" }).click();
  const wanted = await api<Made>("Noor", "POST /snippets", {
    table_ids: [invoices!.table_id, payments!.table_id],
    format: "iam-policy",
    options: { access: "reader" },
  });
  await expect.poll(() => clipboard(noor)).toBe(wanted.files[0]!.content);
  const policy = JSON.parse(await clipboard(noor)) as Policy;
  expect(policy.Statement.flatMap(({ Resource }) => Resource)).toEqual([arnOf(invoices!), arnOf(payments!)]);
  expect(policy.Statement.flatMap(({ Action }) => Action)).toContain("dynamodb:GetItem");
  expect((await code(noor).textContent()) ?? "").not.toContain(secrets!.name);
  expect(JSON.parse((await code(noor).textContent()) ?? "")).toEqual(policy);
  await expect(noor.getByRole("list", { name: "Where it fits" })).toContainText(
    "managed policy, 6,144: fits",
  );
});

test("only own items: what was typed wrongly stays with the reason beside it, what is right changes the policy", async ({
  asPerson,
}) => {
  const [table] = await tablesOfNoor("tenants");
  const noor = await asPerson("Noor", { permissions: ["clipboard-read", "clipboard-write"] });
  await noor.goto(`/tables/${table!.table_id}?access=reader`);
  await noor.getByText("More options", { exact: true }).click();
  const keys = noor.getByRole("textbox", { name: /^Only items with these partition keys/ });
  await keys.fill("$" + "{tenant}");
  await noor.getByRole("checkbox", { name: "Calls over HTTPS only" }).check();
  await noor.getByRole("button", { name: "Apply" }).click();
  await expect(noor.getByText("No code with these options.")).toBeVisible();
  await expect(keys).toHaveValue("$" + "{tenant}");
  await expect(keys).toHaveAccessibleDescription(/begins no IAM policy variable/);

  await keys.fill("$" + "{aws:PrincipalTag/tenant_id}");
  await noor.getByRole("button", { name: "Apply" }).click();
  await expect(code(noor)).toContainText("dynamodb:LeadingKeys");
  await expect(noor.getByRole("checkbox", { name: "Calls over HTTPS only" })).toBeChecked();
  await expect(noor.getByText("Scan is not in the policy", { exact: false })).toBeVisible();
  await noor.getByRole("navigation", { name: "Access" }).getByRole("link", { name: "Writer" }).click();
  await expect(code(noor)).toContainText("dynamodb:PutItem");
  await expect(keys).toHaveValue("$" + "{aws:PrincipalTag/tenant_id}");

  await noor.getByRole("button", { name: "Copy policy" }).click();
  await expect.poll(() => clipboard(noor)).toContain("LeadingKeys");
  const { Statement } = JSON.parse(await clipboard(noor)) as Policy;
  const said = await noor
    .getByRole("heading", { name: "What each statement says" })
    .locator("..")
    .getByRole("term");
  await expect(said).toHaveText(Statement.map(({ Sid }) => Sid));
});

test("by keyboard on a narrow screen, a table that is ticked is in the code at once, and every access is in sight", async ({
  asPerson,
}) => {
  const [first, second] = await tablesOfNoor("ticked", "left");
  const noor = await asPerson("Noor", { viewport: { width: 360, height: 740 } });
  await noor.goto("/projects/billing");
  await noor.getByRole("link", { name: "None", exact: true }).press("Enter");
  await expect(noor.getByText("Tick the tables")).toBeVisible();
  const box = noor.getByRole("checkbox", { name: `Choose ${first!.name}` });
  await box.press("Space");
  await expect(code(noor)).toContainText(first!.name);
  await expect(box).toBeFocused();
  await expect(box).toBeChecked();
  const access = noor.getByRole("navigation", { name: "Access" });
  for (const link of await access.getByRole("link").all()) {
    const { x, width } = (await link.boundingBox())!;
    expect(x + width, (await link.textContent()) ?? "").toBeLessThan(360);
  }
  await access.getByRole("link", { name: "Stream" }).press("Enter");
  await expect(code(noor)).toContainText("dynamodb:GetRecords");
  await expect(code(noor)).not.toContainText(second!.name);
  await box.press("Space");
  await expect(noor.getByText("Tick the tables")).toBeVisible();
  await expect(access.getByRole("link", { name: "Stream" })).toHaveAttribute("aria-current", "true");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("tables are chosen and options are set all the same", async ({ page, signInAs }) => {
    const [first, second] = await tablesOfNoor("plain", "plainer");
    await signInAs("Noor");
    await page.goto("/projects/billing");
    await chooseTables(page, [first!.name, second!.name]);
    await page.getByText("More options", { exact: true }).click();
    await page.getByRole("checkbox", { name: "Calls over HTTPS only" }).check();
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(code(page)).toContainText("aws:SecureTransport");
    await expect(code(page)).toContainText(first!.name);
    await expect(page.getByText("2 tables", { exact: true })).toBeVisible();
  });
});
