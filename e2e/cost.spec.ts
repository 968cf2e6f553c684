import type { Locator, Page } from "@playwright/test";
import { readRequest, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { fillWhere, goOn, openWizard } from "#e2e/wizard.ts";

// 15 writes of 1 KB a second: 24.64; 30: 49.28. 20 reads: 3.29.
test("what tables will cost is seen by who asks and by who decides, who may assume another use", async ({
  asPerson,
}) => {
  const key = uniqueKey("costs");
  const dana = await asPerson("Dana");
  await test.step("Dana sees what her expectation costs before she asks", () => expectAndAsk(dana, key));
  const id = dana.url().split("/").at(-1)!;
  const { number } = await readRequest("Dana", id);
  const card = (page: Page) => page.getByRole("region", { name: "Cost a month" });
  await expect(card(dana)).toContainText("About $27.93");
  // Whose request it is decides nothing, and so has nothing to assume.
  await expect(card(dana).getByText("Assume something else")).toBeHidden();

  const pat = await asPerson("Pat");
  await pat.goto(`/approvals?q=${key}`);
  await expect(pat.getByRole("row").filter({ hasText: `#${number}` })).toContainText("$27.93");
  await pat.goto(`/requests/${id}`);
  await test.step("Pat assumes twice the writes", () => assume(card(pat)));
  await pat.getByRole("button", { name: "Approve…" }).click();
  const dialog = pat.getByRole("dialog", { name: `Approve request ${number}` });
  await expect(dialog).toContainText("Your own figures for the cost estimate are kept");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(dialog).toBeHidden();
  await expect(
    pat.getByText("assuming 20 reads and 30 writes a second, 0 items of 1 KB: about $52.57 a month"),
  ).toBeVisible();
  await expect(card(pat)).toContainText("About $27.93");
});

async function expectAndAsk(page: Page, key: string) {
  await openWizard(page);
  const justification = "Carts of the spring sale.";
  await fillWhere(page, { project: "shop", environment: "stage", justification, keys: [key] });
  await goOn(page, "Keys");
  await page.getByRole("textbox", { name: "Partition key" }).fill("cart_id");
  await goOn(page, "Capacity");
  await page.getByRole("textbox", { name: "Reads a second" }).fill("20");
  await page.getByRole("textbox", { name: "Writes a second" }).fill("15");
  for (const step of ["Lifetime and stream", "Protection", "Indexes and tags", "Review"])
    await goOn(page, step);
  await expect(page.getByRole("table", { name: `Cost of shop-stage-${key} a month` })).toContainText(
    "$24.64",
  );
  await expect(page.getByText("about $27.93", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Send the request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
}

async function assume(card: Locator) {
  await expect(card).toContainText("As Dana assumes: 20 reads and 15 writes a second, 0 items of 1 KB.");
  await card.getByText("Assume something else").click();
  const writes = card.getByRole("textbox", { name: "Writes a second" });
  await writes.fill("a lot");
  await expect(writes).toHaveAccessibleDescription(/^Give a number from 0 to/);
  await expect(card).toContainText("About $27.93");
  await writes.fill("30");
  await expect(card).toContainText("About $52.57 as you assume");
  await card.getByRole("button", { name: "Back to the requester's figures" }).click();
  await expect(writes).toHaveValue("15");
  await expect(card).toContainText("About $27.93");
  await writes.fill("30");
}
