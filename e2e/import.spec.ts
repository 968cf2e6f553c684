import type { Page } from "@playwright/test";
import { readRequest, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";
import { expectSaved, expectStep, nextButton, stepEntry } from "#e2e/wizard.ts";

/** The example of the module's README, with a key that only Terraform knows, and a table of the AWS provider beside it. */
const hclOf = (users: string, events: string, orders: string) => `
module "dynamodb" {
  source = "../modules/dynamodb"

  project_name = var.project_name
  environment  = var.environment

  tables = {
    "${users}" = {
      partition_key = var.user_key
      type          = "key-value"
      enable_point_in_time_recovery = true
    }

    "${events}" = {
      partition_key = "event_type"
      sort_key      = "timestamp"
      type          = "time-series"
      attribute_types = {
        event_type = "S"
        timestamp  = "N"
      }
      enable_ttl    = true
      ttl_attribute = "ttl"
      enable_stream = true
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "${orders}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "order_id"

  attribute {
    name = "order_id"
    type = "S"
  }

  replica {
    region_name = "eu-west-1"
  }
}
`;

const area = (page: Page) => page.getByRole("textbox", { name: "HCL" });
const readButton = (page: Page) => page.getByRole("button", { name: "Read", exact: true });
const result = (page: Page) => page.getByRole("region", { name: "What was found" });

async function openImport(page: Page) {
  await page.goto("/requests/new");
  await page.getByRole("link", { name: "Import from Terraform" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import from Terraform" })).toBeVisible();
}

test("pasted Terraform becomes a request: what is missing is filled in, what was left out stands beside it", async ({
  asPerson,
}) => {
  const keys = [uniqueKey("users"), uniqueKey("events"), uniqueKey("orders")] as const;
  const [users, events, orders] = keys;
  const page = await asPerson("Dana");
  await openImport(page);
  await area(page).fill(hclOf(users, events, orders));
  await readButton(page).click();

  await expect(result(page).getByRole("heading", { name: "3 tables" })).toBeVisible();
  for (const key of keys) {
    await expect(result(page).getByRole("heading", { name: key, exact: true })).toBeVisible();
  }
  await expect(result(page)).toContainText("event_type string, timestamp number");
  await expect(result(page)).toContainText("To fill in or check: partition key");
  await expect(result(page)).toContainText(`module.dynamodb.tables["${users}"].partition_key`);
  await expect(result(page)).toContainText("var.user_key");
  await expect(result(page)).toContainText(/aws_dynamodb_table\.orders\.replica/);

  await result(page).getByRole("button", { name: "Open in the wizard" }).click();
  await expectStep(page, "Where and what");
  await expect(page.getByText(/^Taken from Terraform: \d+ things to look at$/)).toBeVisible();
  await expect(page.getByText(`module.dynamodb.tables["${users}"].partition_key`)).toBeVisible();

  await page.getByRole("combobox", { name: "Project" }).selectOption("shop");
  await page.getByRole("combobox", { name: "Environment" }).selectOption("stage");
  await page.getByRole("textbox", { name: "Justification" }).fill("We move off our own module.");
  await stepEntry(page, "Review").click();
  await expect(page.getByText("One field needs a look.")).toBeVisible();
  await expect(stepEntry(page, "Keys")).toHaveAccessibleName(/1 to correct/);
  await stepEntry(page, "Keys").click();
  await page.getByRole("radio", { name: new RegExp(`^${users}.*something to correct`) }).check();
  const partitionKey = page.getByRole("textbox", { name: "Partition key" });
  await expect(partitionKey).toHaveValue("");
  await partitionKey.fill("user_id");
  await expectSaved(page);

  await page.reload();
  await expectStep(page, "Keys");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText(/^Taken from Terraform: /)).toBeHidden();
  await expectSaved(page);
  await page.reload();
  await expect(nextButton(page, "Capacity")).toBeVisible();
  await expect(page.getByText(/^Taken from Terraform: /)).toBeHidden();

  await stepEntry(page, "Review").click();
  await page.getByText("What will be done, in this order").first().waitFor();
  await page.getByRole("button", { name: "Send the request" }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: `shop-stage-${orders}` })).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1)!;
  const request = await readRequest("Dana", id);
  const specOf = (key: string) => request.tables.find((table) => table.key === key)?.spec;
  expect(request.tables).toHaveLength(3);
  expect(specOf(users)).toMatchObject({ partition_key: "user_id", enable_point_in_time_recovery: true });
  expect(specOf(events)).toMatchObject({
    partition_key: "event_type",
    sort_key: "timestamp",
    type: "time-series",
    attribute_types: { event_type: "S", timestamp: "N" },
    enable_ttl: true,
    enable_stream: true,
  });
  expect(specOf(orders)).toMatchObject({ partition_key: "order_id", sort_key: null });
});

test("text that is no HCL is refused with its line and column, and nothing of it is lost", async ({
  asPerson,
  expectFault,
}) => {
  expectFault(/status of 422/);
  const page = await asPerson("Dana");
  await page.goto("/requests/import");
  const broken = 'tables = {\n  "orders" = {\n    partition_key = "id\n  }\n}\n';
  await area(page).fill(broken);
  await readButton(page).click();
  await expect(area(page)).toHaveAccessibleDescription(/Line 3, column \d+: /);
  await expect(area(page)).toBeFocused();
  expect(
    await area(page).evaluate((text: HTMLTextAreaElement) => text.value.slice(0, text.selectionStart)),
  ).toContain('"orders" = {\n');
  await expect(area(page)).toHaveValue(broken);

  await area(page).fill(broken.replace('"id\n', '"id"\n'));
  await readButton(page).click();
  await expect(result(page).getByRole("heading", { name: "One table" })).toBeVisible();
  await expect(result(page)).toContainText("Everything in the text was taken over.");

  await area(page).press("End");
  await area(page).pressSequentially(" ");
  await expect(result(page)).toContainText("the text has changed since");
  await expect(page.getByRole("button", { name: "Open in the wizard" })).toHaveAccessibleDescription(
    "Read the changed text first.",
  );
});

test("files are read together, and a person with more to say goes on below them", async ({ asPerson }) => {
  const [first, second] = [uniqueKey("first"), uniqueKey("second")];
  const page = await asPerson("Dana");
  await page.goto("/requests/import");
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page
    .getByLabel("Choose files")
    .setInputFiles([
      file("first.tfvars", `tables = { "${first}" = { partition_key = "id" } }\n`),
      file(
        "second.tf",
        `resource "aws_dynamodb_table" "second" {\n  name = "${second}"\n  billing_mode = "PAY_PER_REQUEST"\n  hash_key = "pk"\n  attribute {\n    name = "pk"\n    type = "N"\n  }\n}\n`,
      ),
    ]);
  await expect(area(page)).toHaveValue(/# first\.tfvars\n[\s\S]*# second\.tf\n/);
  await readButton(page).click();
  await expect(result(page).getByRole("heading", { name: first })).toBeVisible();
  await expect(result(page).getByRole("heading", { name: second })).toBeVisible();
  await expect(result(page)).toContainText("pk number");

  await page
    .getByLabel("Choose files")
    .setInputFiles([
      { name: "state.zip", mimeType: "application/zip", buffer: Buffer.from([0x50, 0xff, 0xfe]) },
    ]);
  await expect(area(page)).toHaveAccessibleDescription(/state\.zip is not text in UTF-8/);
  await expect(area(page)).toHaveValue(/# first\.tfvars/);
});

test("what an import of many tables left open is in view in the wizard, and so is the form", async ({
  asPerson,
}) => {
  const page = await asPerson("Dana", { viewport: { width: 360, height: 740 } });
  await page.goto("/requests/import");
  const base = uniqueKey("open");
  const entries = Array.from(
    { length: 30 },
    (_, number) => `"${base}-${number}" = { partition_key = "id", ttl_attribute = var.ttl }`,
  );
  await area(page).fill(`tables = {\n${entries.join("\n")}\n}`);
  await readButton(page).click();
  await expect(result(page)).toContainText("To fill in or check: TTL attribute");
  await page.getByRole("button", { name: "Open in the wizard" }).click();
  await expectStep(page, "Where and what");
  await expect(page.getByText("Taken from Terraform: 30 things to look at")).toBeVisible();
  await expect(page.getByText(`tables["${base}-0"].ttl_attribute`)).toBeInViewport();
  await expect(page.getByRole("combobox", { name: "Project" })).toBeInViewport();
});

test("a hundred tables open in the wizard", async ({ asPerson }) => {
  const page = await asPerson("Dana");
  await page.goto("/requests/import");
  const base = uniqueKey("many");
  const entries = Array.from(
    { length: 100 },
    (_, number) => `"${base}-${number}" = { partition_key = "id", tags = { Team = "cart" } }`,
  );
  await area(page).fill(`tables = {\n${entries.join("\n")}\n}`);
  await readButton(page).click();
  await expect(result(page).getByRole("heading", { name: "100 tables" })).toBeVisible();
  await page.getByRole("button", { name: "Open in the wizard" }).click();
  await expectStep(page, "Where and what");
  await expect(page.getByRole("textbox", { name: "Short name of table 100" })).toHaveValue(`${base}-99`);
  await page.getByRole("textbox", { name: "Justification" }).fill("All at once.");
  await expectSaved(page);
});
