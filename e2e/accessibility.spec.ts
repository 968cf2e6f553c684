import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/journey.ts";
import { pagesOfPat, pagesOfWizard, publicPages, type Visit } from "#e2e/pages.ts";

/** Each colour scheme and each width once: contrast does not hang on the width, nor the layout on the colours. */
const looks = [
  { colorScheme: "light", width: "wide", viewport: { width: 1440, height: 900 } },
  { colorScheme: "dark", width: "narrow", viewport: { width: 360, height: 740 } },
] as const;

async function visit(page: Page, { path, prepare }: Visit) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await prepare?.(page);
}

/** Serious and critical findings of axe, and whether the page is wider than the window: both as words, none is good. */
async function faultsOf(page: Page): Promise<string[]> {
  // No page has frames, so one call does; and of what passes, nothing has to be described.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...grave.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join("\n")}`),
    ...(excess > 0 ? [`the page is ${excess} px wider than the window`] : []),
  ];
}

/** Looks at every page in every look, and tells all that is wrong at once. */
async function expectSound(page: Page, visits: readonly Visit[]) {
  const found: string[] = [];
  for (const one of visits) {
    for (const { colorScheme, width, viewport } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      if (width === "wide") await visit(page, one);
      const faults = await faultsOf(page);
      found.push(...faults.map((fault) => `${one.name}, ${colorScheme}, ${width}: ${fault}`));
    }
  }
  expect(found).toEqual([]);
}

test("the sign-in page is accessible, light and dark, wide and narrow", async ({ page }) => {
  await expectSound(page, publicPages);
});

test("every page around requests and tables is accessible, light and dark, wide and narrow", async ({
  asPerson,
  expectFault,
}) => {
  test.setTimeout(360_000);
  expectFault(/status of 404/);
  await expectSound(await asPerson("Pat"), await pagesOfPat());
});

test("every step of the wizard is accessible, light and dark, wide and narrow", async ({ asPerson }) => {
  test.setTimeout(240_000);
  const dana = await asPerson("Dana");
  await expectSound(dana, await pagesOfWizard(dana));
});

test("a chosen theme stays, whatever the system prefers", async ({ page, signInAs }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signInAs("Noor");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Account of Noor" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
});
