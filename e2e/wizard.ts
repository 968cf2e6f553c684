import { expect, type Locator, type Page } from "@playwright/test";

/** Opens an empty wizard and waits until it can be typed into. */
export async function openWizard(page: Page) {
  await page.goto("/requests/new");
  await expect(page.getByRole("textbox", { name: "Justification" })).toBeEnabled();
}

type Where = { project: string; environment: string; justification: string; keys: string[] };

/** Fills the first step; adds a table for every key after the first. */
export async function fillWhere(page: Page, { project, environment, justification, keys }: Where) {
  await page.getByRole("combobox", { name: "Project" }).selectOption(project);
  await page.getByRole("combobox", { name: "Environment" }).selectOption(environment);
  await page.getByRole("textbox", { name: "Justification" }).fill(justification);
  for (const [place, key] of keys.entries()) {
    if (place > 0) await page.getByRole("button", { name: "Add a table" }).click();
    await shortName(page, place, place + 1).fill(key);
  }
}

/** The field of a table's key; a request with one table has no numbers. */
export function shortName(page: Page, place: number, ofTables: number): Locator {
  const name = ofTables === 1 ? "Short name" : `Short name of table ${place + 1}`;
  return page.getByRole("textbox", { name, exact: true });
}

/** The button that leads on to a step, by the step's title. */
export const nextButton = (page: Page, title: string): Locator =>
  page.getByRole("button", { name: `Next: ${title.toLowerCase()}` });

/** Goes on, and waits for the step that follows. */
export async function goOn(page: Page, title: string) {
  await nextButton(page, title).click();
  await expectStep(page, title);
}

/** The step that is shown. */
export async function expectStep(page: Page, title: string) {
  await expect(page.getByRole("heading", { level: 2, name: title, exact: true })).toBeVisible();
}

/** An entry of the list of steps, which leads to the step. */
export const stepEntry = (page: Page, title: string): Locator =>
  page.getByRole("list", { name: "Steps" }).getByRole("button", { name: title });

/** Shows a table of the request in the steps that are about one table. */
export async function chooseTable(page: Page, key: string) {
  const tables = page.getByRole("radiogroup", { name: "Table", exact: true });
  await tables.getByText(key, { exact: true }).click();
  const chosen = tables.getByRole("radio", { checked: true });
  await expect(chosen).toHaveAccessibleName(new RegExp(`^${key}(,|$)`));
}

/** What the header says once everything typed is stored. */
export async function expectSaved(page: Page) {
  await expect(page.getByRole("status").filter({ hasText: "Draft saved" })).toBeAttached();
}
