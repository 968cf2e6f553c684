import type { Locator, Page } from "@playwright/test";
import { ask, readRequest, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { expectStep, shortName } from "#e2e/wizard.ts";

const mostTabs = 60;

/** Presses Tab until the control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, control: Locator) {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < mostTabs; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${mostTabs} presses of Tab do not reach ${control}`);
}

/** Types into a field that is reached by Tab. */
async function type(page: Page, control: Locator, text: string) {
  await expect(control).toBeEnabled();
  await tabTo(page, control);
  await page.keyboard.type(text);
}

test("one can sign in, ask for a table and send the request by keyboard alone", async ({ page }) => {
  const key = uniqueKey("keys-only");
  await page.goto("/sign-in");
  await tabTo(page, page.getByRole("button", { name: "dana@example.com" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Ask for tables" }).first());
  await page.keyboard.press("Enter");

  const environment = page.getByRole("combobox", { name: "Environment" });
  await type(page, environment, "stage");
  await expect(environment).toHaveValue("stage");
  await type(page, page.getByRole("textbox", { name: "Justification" }), "No mouse at hand.");
  await type(page, shortName(page, 0, 1), key);
  await tabTo(page, page.getByRole("button", { name: "Next: keys" }));
  await page.keyboard.press("Enter");

  await expectStep(page, "Keys");
  await expect(page.getByRole("heading", { level: 2, name: "Keys" })).toBeFocused();
  await tabTo(page, page.getByRole("radio", { name: /^Key-value/ }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: /^Time series/ })).toBeChecked();
  await type(page, page.getByRole("textbox", { name: "Partition key" }), "device");
  await tabTo(page, page.getByRole("button", { name: "Next: capacity" }));
  await page.keyboard.press("Enter");
  const sortKey = page.getByRole("textbox", { name: "Sort key" });
  await expect(sortKey, "the field that is wrong").toBeFocused();
  await page.keyboard.type("at");

  for (const title of ["Capacity", "Lifetime and stream", "Protection", "Indexes and tags", "Review"]) {
    await tabTo(page, page.getByRole("button", { name: `Next: ${title.toLowerCase()}` }));
    await page.keyboard.press("Enter");
    await expectStep(page, title);
  }
  await expect(page.getByText("1 of platform")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Send the request" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: `shop-stage-${key}` })).toBeVisible();
});

test("the approval dialog keeps the focus inside, closes on Escape, gives the focus back, and approves", async ({
  asPerson,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("dialog")]: { partition_key: "id" } },
  });
  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  const approve = pat.getByRole("button", { name: "Approve…" });
  await tabTo(pat, approve);
  await pat.keyboard.press("Enter");
  const dialog = pat.getByRole("dialog", { name: `Approve request ${request.number}` });
  await expect(dialog.getByRole("textbox", { name: "Comment" })).toBeFocused();

  const outside = () =>
    pat.evaluate(() => {
      const focused = document.activeElement;
      return focused !== document.body && focused?.closest("dialog") === null;
    });
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let presses = 0; presses < 10; presses += 1) {
      await pat.keyboard.press(key);
      expect(await outside(), `the focus left the dialog by ${key}`).toBe(false);
    }
  }
  await pat.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(approve).toBeFocused();
  expect((await readRequest("Pat", request.id)).state).toBe("submitted");

  await pat.keyboard.press("Enter");
  await type(pat, dialog.getByRole("textbox"), "By keyboard.");
  await tabTo(pat, dialog.getByRole("button", { name: "Approve" }));
  await pat.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await untilState("Pat", request, "completed");
});

test("the first Tab of a page offers a way past the navigation", async ({ asPerson }) => {
  const dana = await asPerson("Dana");
  await dana.goto("/tables");
  await dana.keyboard.press("Tab");
  await expect(dana.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await dana.keyboard.press("Enter");
  await expect(dana.getByRole("main")).toBeFocused();
});
