import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ask, decide, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

const place = "arn:aws:dynamodb:us-east-1:000000000000:table";

/** What the AWS CLI prints. */
const denied = (operation: string, resource: string) =>
  `An error occurred (AccessDeniedException) when calling the ${operation} operation: User: arn:aws:sts::000000000000:assumed-role/checkout/i-0abc is not authorized to perform: dynamodb:${operation} on resource: ${resource} because no identity-based policy allows the dynamodb:${operation} action`;

/** A table of shop with an index, made. */
async function makeTable() {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: {
      [uniqueKey("denied")]: {
        partition_key: "id",
        global_secondary_indexes: { by_customer: { partition_key: "customer" } },
      },
    },
  });
  const { name, table_id } = (await untilState("Dana", request, "completed")).tables[0]!;
  return { name, id: table_id! };
}

function denialCard(page: Page) {
  const card = page.getByRole("region", { name: "A call was denied?" });
  return {
    message: card.getByRole("textbox", { name: "Access-denied message" }),
    explain: card.getByRole("button", { name: "Explain" }),
    answer: card.getByRole("status"),
    card,
  };
}

test("a pasted denial is answered with who, what and the policy that grants it, and leads there", async ({
  signInAs,
  page,
}) => {
  const table = await makeTable();
  await signInAs("Dana");
  await page.goto(`/tables/${table.id}`);
  const { message, explain, answer } = denialCard(page);
  const index = `${place}/${table.name}/index/by_customer`;
  await message.fill(denied("Query", index));
  await explain.click();
  await expect(answer).toContainText(
    `The policy “Reader” without Scan of ${table.name} grants dynamodb:Query`,
  );
  await expect(answer).toContainText("role checkout of account 000000000000");
  await expect(answer).toContainText(index);

  await answer.getByRole("link", { name: "Show the policy" }).click();
  await expect(page).toHaveURL(new RegExp(`/tables/${table.id}\\?(.*&)?access=reader&scan=false#policy$`));
  const policy = page.getByRole("region", { name: "IAM policy" });
  await expect(policy).toContainText(`${place}/${table.name}/index/*`);
  await expect(policy).not.toContainText("dynamodb:Scan");
});

test("by keyboard and on a narrow screen, the answer says why no policy of the table can grant the call", async ({
  asPerson,
}) => {
  const table = await makeTable();
  const page = await asPerson("Dana", { viewport: { width: 360, height: 740 } });
  await page.goto(`/tables/${table.id}`);
  const { message, answer } = denialCard(page);
  await expect(message).toBeEnabled();
  await message.focus();
  await page.keyboard.insertText(
    denied("PutItem", `${place}/${table.name}`).replace(
      /because.*/,
      "with an explicit deny in a service control policy",
    ),
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(answer).toContainText("a service control policy denies this explicitly");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, "pixels wider than the screen").toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
});

test("nothing pasted, and no answer from the portal, are said at the field, and the text stays", async ({
  signInAs,
  page,
  expectFault,
}) => {
  const table = await makeTable();
  await signInAs("Dana");
  await page.goto(`/tables/${table.id}`);
  const { message, explain, answer, card } = denialCard(page);
  await expect(message).toBeEnabled();
  await explain.click();
  await expect(card).toContainText("Paste the message first.");
  await expect(message).toBeFocused();

  expectFault(/Failed to load resource/);
  await page.route("**/api/denied-call", (route) => route.abort());
  const text = denied("GetItem", `${place}/${table.name}`);
  await message.fill(text);
  await explain.click();
  await expect(card).toContainText("The portal does not answer");
  await expect(message).toHaveValue(text);
  await page.unroute("**/api/denied-call");
  await explain.click();
  await expect(answer).toContainText("grants dynamodb:GetItem");
});

test("on a project's page the table is found by the message, but never one that the reader may not see", async ({
  signInAs,
  page,
}) => {
  const table = await makeTable();
  const key = uniqueKey("secret");
  const hidden = await ask({
    by: "Noor",
    project: "billing",
    environment: "stage",
    tables: { [key]: { partition_key: "id" } },
  });
  await decide("Pat", "approve", hidden);
  await untilState("Noor", hidden, "completed");
  await signInAs("Dana");
  await page.goto("/projects/shop");
  const { message, explain, answer } = denialCard(page);
  await message.fill(denied("GetItem", `${place}/billing-stage-${key}`));
  await explain.click();
  await expect(answer).toContainText("No table of that name is here that you may see");
  await expect(answer.getByRole("link")).toHaveCount(0);

  await message.fill(denied("UpdateItem", `${place}/${table.name}`));
  await explain.click();
  await answer.getByRole("link", { name: "Show the policy" }).click();
  await expect(page).toHaveURL(new RegExp(`/tables/${table.id}\\?(.*&)?access=writer`));
});
