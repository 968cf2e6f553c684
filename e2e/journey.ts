import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { demoPeople } from "#lib/people/demo-people.ts";

export type PersonName = (typeof demoPeople)[number]["name"];

type AsPerson = (name: PersonName, options?: BrowserContextOptions) => Promise<Page>;
type SessionCookies = Awaited<ReturnType<BrowserContext["storageState"]>>;

type Journey = {
  /** Signs the page of the test in by clicking the person's card. */
  signInAs: (name: PersonName) => Promise<void>;
  /** A browser of its own in which the person is signed in already. */
  asPerson: AsPerson;
  /** Takes an error on the console for part of the journey: a page that is not found is one to the browser. */
  expectFault: (pattern: RegExp) => void;
  /** What went wrong in any page of the test. */
  faults: { expected: RegExp[]; found: string[] };
};

/** A test that also fails when any of its pages throws or writes an error to the console. */
export const test = base.extend<Journey, { sessions: Map<PersonName, SessionCookies> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],

  faults: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const faults: Journey["faults"] = { expected: [], found: [] };
      await use(faults);
      const unexpected = faults.found.filter((text) => !faults.expected.some((one) => one.test(text)));
      expect(unexpected, "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, faults }, use) => {
    watch(context, faults);
    await use(context);
  },

  expectFault: async ({ faults }, use) => use((pattern) => faults.expected.push(pattern)),

  signInAs: async ({ page }, use) =>
    use(async (name) => {
      await page.goto("/sign-in");
      await clickPerson(page, name);
    }),

  asPerson: async ({ browser, contextOptions, baseURL, faults, sessions }, use) => {
    const opened: BrowserContext[] = [];
    const asPerson: AsPerson = async (name, options) => {
      const storageState = sessions.get(name);
      const context = await browser.newContext({ ...contextOptions, baseURL, storageState, ...options });
      opened.push(context);
      watch(context, faults);
      const page = await context.newPage();
      if (storageState) return page;
      await page.goto("/sign-in");
      await clickPerson(page, name);
      sessions.set(name, await context.storageState());
      return page;
    };
    await use(asPerson);
    for (const context of opened) await context.close();
  },
});

export { expect };

/** Chooses a card of the sign-in page and waits until the portal greets the person. */
async function clickPerson(page: Page, name: PersonName) {
  const person = demoPeople.find((one) => one.name === name)!;
  await page.getByRole("button", { name: person.email }).click();
  await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
}

function watch(context: BrowserContext, { found }: Journey["faults"]) {
  context.on("console", (message) => {
    if (message.type() === "error") found.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    found.push(`page: ${error.error().stack ?? error.error().message} (${error.page()?.url()})`);
  });
}
