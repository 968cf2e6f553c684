import { ask, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test.use({ javaScriptEnabled: false });

test("a reader without JavaScript can sign in and read lists, requests, tables and policies", async ({
  signInAs,
  page,
}) => {
  const key = uniqueKey("plain");
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [key]: { partition_key: "id", enable_stream: true } },
    justification: "Readable before any script has run.",
  });
  const table = (await untilState("Dana", request, "completed")).tables[0]!;
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${table.name}`;
  await signInAs("Dana");

  await page.goto(`/requests?q=${key}`);
  await expect(page.getByRole("table", { name: "Requests" })).toContainText("Completed");
  await page.getByRole("link", { name: "1 table for shop" }).click();
  await expect(page.getByText("Readable before any script has run.")).toBeVisible();
  await expect(page.getByText(arn, { exact: true })).toBeVisible();
  await expect(
    page.getByRole("list", { name: `Steps for ${table.name}` }).getByRole("listitem"),
  ).toContainText("done: CreateTable");

  await page.goto(`/tables?q=${key}`);
  await page.getByRole("link", { name: table.name }).click();
  await expect(page.getByText(arn, { exact: true })).toBeVisible();
  const policy = page.getByRole("region", { name: "IAM policy" });
  await expect(policy).toContainText("dynamodb:PutItem");
  await page.getByRole("link", { name: "Reader" }).click();
  await expect(policy).toContainText("dynamodb:GetItem");
  await expect(policy).not.toContainText("dynamodb:PutItem");
  await page.getByRole("link", { name: "HCL" }).click();
  await expect(policy).toContainText("aws_iam_policy_document");
});

test("a page that needs JavaScript says so, and what to use instead", async ({ signInAs, page }) => {
  await signInAs("Dana");
  await page.goto("/requests/import");
  const words = "This needs JavaScript. POST /api/v1/imports/terraform reads the same text.";
  await expect(page.getByRole("main")).toContainText(words, { useInnerText: true });
});
