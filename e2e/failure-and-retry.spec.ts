import { ask, decide, readRequest, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test("a failure shows AWS's words and what to do, and Retry finishes it", async ({ asPerson }) => {
  const key = uniqueKey("orders-fail-create");
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [key]: { partition_key: "order_id", enable_ttl: true } },
  });
  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  const steps = dana.getByRole("list", { name: `Steps for shop-stage-${key}` }).getByRole("listitem");
  await expect(steps).toHaveCount(2);
  await decide("Pat", "approve", request);

  const failed = steps.filter({ hasText: /^failed: / });
  await expect(failed).toContainText("AccessDeniedException");
  await expect(failed).toContainText("is not authorized to perform: dynamodb:CreateTable");
  await expect(failed).toContainText("The role lacks dynamodb:CreateTable. Allow it");
  await expect(dana.getByText("Failed", { exact: true })).toHaveCount(2);

  await failed.getByRole("button", { name: "Retry" }).click();
  await expect(dana.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(steps.filter({ hasText: /^done: / })).toHaveCount(2);
  await expect(dana.getByText(`Dana started another try of shop-stage-${key}`)).toBeVisible();
  await expect(dana.getByRole("button", { name: "Retry" })).toHaveCount(0);
});

test("one failing table of three leaves two that can be used, and its retry leaves them alone", async ({
  asPerson,
}) => {
  const keys = [uniqueKey("carts"), uniqueKey("stock-fail-create"), uniqueKey("prices")] as const;
  const [carts, stock, prices] = keys;
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: Object.fromEntries(keys.map((key) => [key, { partition_key: "id" }])),
  });
  await decide("Pat", "approve", request);
  const half = await untilState("Dana", request, "failed");
  expect(Object.fromEntries(half.tables.map(({ key, state }) => [key, state]))).toEqual({
    [carts]: "active",
    [stock]: "failed",
    [prices]: "active",
  });

  const dana = await asPerson("Dana", { permissions: ["clipboard-read", "clipboard-write"] });
  for (const key of [carts, prices]) {
    await dana.goto(`/requests/${request.id}`);
    await expect(dana.getByText("2 of 3 tables are active")).toBeVisible();
    await dana.getByRole("link", { name: `shop-stage-${key}`, exact: true }).click();
    await expect(dana.getByRole("heading", { level: 1, name: `shop-stage-${key}` })).toBeVisible();
    await dana.getByRole("button", { name: "Copy policy" }).click();
    await expect(dana.getByText("Copied", { exact: true })).toBeVisible();
    const policy = JSON.parse(await dana.evaluate(() => navigator.clipboard.readText()));
    expect(policy.Statement[0].Resource).toBe(
      `arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-${key}`,
    );
  }

  await dana.goto(`/requests/${request.id}`);
  await dana
    .getByRole("list", { name: `Steps for shop-stage-${stock}` })
    .getByRole("button", { name: "Retry" })
    .click();
  await expect(dana.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(dana.getByText("Active", { exact: true })).toHaveCount(3);
  const whole = await readRequest("Dana", request.id);
  const attempts = (of: typeof whole, key: string) => of.tables.find((table) => table.key === key)!.steps;
  for (const key of [carts, prices]) expect(attempts(whole, key)).toEqual(attempts(half, key));
});
