import type { Page } from "@playwright/test";
import { uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import {
  chooseTable,
  expectSaved,
  expectStep,
  fillWhere,
  goOn,
  nextButton,
  openWizard,
  shortName,
  stepEntry,
} from "#e2e/wizard.ts";

const justification = "What a half-finished thought looks like.";

/** Fills two tables up to the step about lifetime. */
async function fillHalf(page: Page, keys: string[]) {
  await openWizard(page);
  await fillWhere(page, { project: "shop", environment: "dev", justification, keys });
  await goOn(page, "Keys");
  for (const key of keys) {
    await chooseTable(page, key);
    await page.getByRole("textbox", { name: "Partition key" }).fill(`${key}-id`);
  }
  await goOn(page, "Capacity");
  await page.getByRole("radio", { name: /^Provisioned/ }).check();
  await page.getByRole("textbox", { name: "Read capacity units" }).fill("12");
  await page.getByRole("textbox", { name: "Write capacity units" }).fill("7");
  await goOn(page, "Lifetime and stream");
  await page.getByRole("switch", { name: "Let items expire" }).check();
  await page.getByRole("textbox", { name: "TTL attribute" }).fill("expires_at");
}

/** Everything `fillHalf` typed, seen on the way back to the first step. */
async function expectHalf(page: Page, keys: string[]) {
  const second = keys[1]!;
  await expectStep(page, "Lifetime and stream");
  await chooseTable(page, second);
  await expect(page.getByRole("switch", { name: "Let items expire" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "TTL attribute" })).toHaveValue("expires_at");
  await stepEntry(page, "Capacity").click();
  await expect(page.getByRole("radio", { name: /^Provisioned/ })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Read capacity units" })).toHaveValue("12");
  await expect(page.getByRole("textbox", { name: "Write capacity units" })).toHaveValue("7");
  await stepEntry(page, "Keys").click();
  for (const key of keys) {
    await chooseTable(page, key);
    await expect(page.getByRole("textbox", { name: "Partition key" })).toHaveValue(`${key}-id`);
  }
  await stepEntry(page, "Where and what").click();
  await expect(page.getByRole("combobox", { name: "Project" })).toHaveValue("shop");
  await expect(page.getByRole("combobox", { name: "Environment" })).toHaveValue("dev");
  await expect(page.getByRole("textbox", { name: "Justification" })).toHaveValue(justification);
  for (const [place, key] of keys.entries()) {
    await expect(shortName(page, place, keys.length)).toHaveValue(key);
  }
}

test("a half-filled wizard survives a reload, and a closed window, and is resumed from Home", async ({
  asPerson,
}) => {
  const keys = [uniqueKey("half"), uniqueKey("filled")];
  const dana = await asPerson("Dana");
  await fillHalf(dana, keys);
  await expectSaved(dana);
  await dana.reload();
  await expectHalf(dana, keys);
  await goOn(dana, "Keys");
  await goOn(dana, "Capacity");
  await goOn(dana, "Lifetime and stream");
  await expectSaved(dana);
  await dana.context().close();

  const again = await asPerson("Dana");
  await again.goto("/");
  const row = again.getByRole("table", { name: "Your drafts" }).getByRole("row").filter({ hasText: keys[0] });
  await expect(row).toContainText(keys[1]!);
  await row.getByRole("link", { name: "Tables for shop" }).click();
  await expectHalf(again, keys);
});

test("what was typed a moment before going to another page is kept, and that page stays", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana");
  const key = uniqueKey("moment");
  await openWizard(dana);
  await shortName(dana, 0, 1).fill(key);
  await dana.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(dana.getByRole("heading", { level: 1, name: "Hello, Dana" })).toBeVisible();
  await expect(async () => {
    await dana.reload();
    await expect(dana).toHaveURL(/\/$/);
    await expect(dana.getByRole("table", { name: "Your drafts" })).toContainText(key, { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
});

test("going back and forward loses nothing", async ({ asPerson }) => {
  const keys = [uniqueKey("to"), uniqueKey("fro")];
  const dana = await asPerson("Dana");
  await fillHalf(dana, keys);
  for (const title of ["Capacity", "Keys", "Where and what"]) {
    await dana.getByRole("button", { name: "Back", exact: true }).click();
    await expectStep(dana, title);
  }
  for (const title of ["Keys", "Capacity", "Lifetime and stream"]) await goOn(dana, title);
  await expectHalf(dana, keys);
});

test("errors stand beside their fields and on their steps, and lead to them", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  const key = uniqueKey("faulty");
  await openWizard(dana);
  await nextButton(dana, "Keys").click();
  const environment = dana.getByRole("combobox", { name: "Environment" });
  await expect(environment).toHaveAccessibleDescription(/Choose an environment/);
  await expect(environment).toBeFocused();
  await expect(stepEntry(dana, "Where and what")).toHaveAccessibleName(/3 to correct/);

  await fillWhere(dana, { project: "shop", environment: "stage", justification, keys: [`${key}!`] });
  await expect(shortName(dana, 0, 1)).toHaveAccessibleDescription(/^The key "faulty-.*!" is not allowed/);
  await shortName(dana, 0, 1).fill(key);
  await expect(shortName(dana, 0, 1)).toHaveAccessibleDescription(/The name is free/);
  await goOn(dana, "Keys");

  await dana.getByRole("radio", { name: /^Time series/ }).check();
  await dana.getByRole("textbox", { name: "Partition key" }).fill("device");
  await nextButton(dana, "Capacity").click();
  const sortKey = dana.getByRole("textbox", { name: "Sort key" });
  await expect(sortKey).toHaveAttribute("aria-invalid", "true");
  await expect(sortKey).toHaveAccessibleDescription(/^A table of type "time-series" needs a sort key/);
  await dana.getByRole("button", { name: "Sort by timestamp" }).click();
  await expect(sortKey).toHaveValue("timestamp");
  await expect(sortKey).not.toHaveAttribute("aria-invalid", "true");
  await goOn(dana, "Capacity");

  await dana.getByRole("radio", { name: /^Provisioned/ }).check();
  await dana.getByRole("textbox", { name: "Read capacity units" }).fill("lots");
  await stepEntry(dana, "Keys").click();
  await expect(stepEntry(dana, "Capacity")).toHaveAccessibleName(/1 to correct/);
  await stepEntry(dana, "Capacity").click();
  const read = dana.getByRole("textbox", { name: "Read capacity units" });
  await expect(read).toHaveAttribute("aria-invalid", "true");
  await expect(read).toHaveAccessibleDescription(/whole number|number/);
});

test("tables can be added, duplicated, removed and brought back", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  const [first, second] = [uniqueKey("first"), uniqueKey("second")];
  await openWizard(dana);
  await fillWhere(dana, { project: "shop", environment: "stage", justification, keys: [first] });
  await goOn(dana, "Keys");
  await dana.getByRole("textbox", { name: "Partition key" }).fill("customer");
  await stepEntry(dana, "Where and what").click();
  await dana.getByRole("button", { name: `Duplicate ${first}` }).click();
  await expect(shortName(dana, 1, 2)).toHaveValue(`${first}-copy`);
  await expect(shortName(dana, 1, 2)).toBeFocused();
  await dana.getByRole("button", { name: "Add a table" }).click();
  await shortName(dana, 2, 3).fill(second);
  await dana.getByRole("button", { name: `Remove ${first}`, exact: true }).click();
  await expect(shortName(dana, 0, 2)).toHaveValue(`${first}-copy`);
  await expect(shortName(dana, 1, 2)).toHaveValue(second);
  await dana.getByRole("button", { name: "Bring it back" }).click();
  await expect(shortName(dana, 0, 3)).toHaveValue(first);

  await stepEntry(dana, "Keys").click();
  const partitionKey = dana.getByRole("textbox", { name: "Partition key" });
  for (const [key, holds] of [
    [first, "customer"],
    [`${first}-copy`, "customer"],
    [second, ""],
  ] as const) {
    await chooseTable(dana, key);
    await expect(partitionKey).toHaveValue(holds);
  }
});

test("a discarded draft is gone", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  const key = uniqueKey("discarded");
  await openWizard(dana);
  await shortName(dana, 0, 1).fill(key);
  await expectSaved(dana);
  const address = dana.url();
  await dana.getByRole("button", { name: "Discard draft" }).click();
  const dialog = dana.getByRole("dialog", { name: "Discard this draft?" });
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await dana.getByRole("button", { name: "Discard draft" }).click();
  await dialog.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(dana).toHaveURL(/\/requests$/);
  await dana.goto("/");
  await expect(dana.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(dana.getByText(key)).toHaveCount(0);
  expect((await dana.request.get(address)).status()).toBe(404);
});
