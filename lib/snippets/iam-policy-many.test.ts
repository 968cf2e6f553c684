import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IamPolicyOptions, iamAccesses, type PolicyDocument } from "./iam-policy.ts";
import { type IamPolicySnippet, iamPolicySnippet } from "./iam-policy-snippet.ts";
import { customerKey, indexedSpec, keyArn, policyOptions, policyTable } from "./iam-tables.fixture.ts";
import type { SnippetTable } from "./snippet.ts";

const documents = ({ files }: IamPolicySnippet): PolicyDocument[] =>
  files.map(({ content }) => JSON.parse(content));

/** Every single permission: effect, action, resource and condition. */
const permissions = (policies: readonly PolicyDocument[]): string[] =>
  policies.flatMap(({ Statement }) =>
    Statement.flatMap(({ Effect, Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        [Resource].flat().map((resource) => JSON.stringify([Effect, action, resource, Condition])),
      ),
    ),
  );

const optionsArbitrary: fc.Arbitrary<IamPolicyOptions> = fc
  .record({
    access: fc.constantFrom(...iamAccesses),
    scan: fc.boolean(),
    partiql: fc.boolean(),
    https_only: fc.boolean(),
    leading_keys: fc.constantFrom(undefined, ["a"], ["a", `\${aws:userid}`]),
    attributes: fc.constantFrom(undefined, ["status"], ["status", "note"]),
  })
  .map(({ access, scan, https_only, ...narrowing }) =>
    policyOptions({ access, scan, https_only, ...(access === "stream" ? {} : narrowing) }),
  );

const tableArbitrary: fc.Arbitrary<SnippetTable> = fc
  .record({
    key: fc.string({ unit: fc.constantFrom(..."abc-.1"), minLength: 3, maxLength: 200 }),
    spec: fc.constantFrom({}, indexedSpec, { sort_key: "other" }),
    fields: fc.constantFrom({}, customerKey, { region: "us-east-1", ...customerKey }),
  })
  .map(({ key, spec, fields }) =>
    policyTable(key, { ...fields, spec: { ...spec, ...("spec" in fields ? fields.spec : {}) } }),
  );

const manyTables = (count: number, name = "t") =>
  Array.from({ length: count }, (_, at) => policyTable(`${name}-${at}`));

describe("a policy for many tables", () => {
  test("shares statements: the tables stand in one list, in the order given", () => {
    const tables = [
      policyTable("orders", { ...customerKey, spec: { ...indexedSpec, ...customerKey.spec } }),
      policyTable("users"),
      policyTable("carts", customerKey),
    ];
    const [policy] = documents(iamPolicySnippet(policyOptions(), tables));
    expect(policy!.Statement.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ["Table", tables.map(({ arn }) => arn)],
      ["TableIndexes", `${tables[0]!.arn}/index/*`],
      ["TableKey", keyArn],
    ]);
  });

  test("has a statement for each region of a customer key", () => {
    const tables = [policyTable("a", customerKey), policyTable("b", { ...customerKey, region: "us-east-1" })];
    const [policy] = documents(iamPolicySnippet(policyOptions(), tables));
    const keys = policy!.Statement.filter(({ Sid }) => Sid.startsWith("TableKey"));
    expect(keys.map(({ Sid, Condition }) => [Sid, Condition?.StringEquals?.["kms:ViaService"]])).toEqual([
      ["TableKey", "dynamodb.eu-west-1.amazonaws.com"],
      ["TableKey2", "dynamodb.us-east-1.amazonaws.com"],
    ]);
  });

  test.each([
    [[policyTable("a"), policyTable("b")], "shop-prod-reader"],
    [[policyTable("a"), policyTable("b", { environment: "dev" })], "shop-tables-reader"],
    [[policyTable("a"), policyTable("b", { project: "billing" })], "tables-reader"],
  ])("is called by what the tables share", (tables, name) => {
    const [file] = iamPolicySnippet(policyOptions(), tables).files;
    expect(file!.filename).toMatch(new RegExp(`^${name}-[0-9a-f]{8}\\.json$`));
  });

  test("lies beside one for other tables, or one that is narrowed otherwise, under a name of its own", () => {
    const [a, b, c] = [policyTable("a"), policyTable("b"), policyTable("c")];
    const variants = [
      [{}, [a]],
      [{ scan: false }, [a]],
      [{ leading_keys: ["1"] }, [a]],
      [{ leading_keys: ["2"] }, [a]],
      [{ https_only: true }, [a]],
      [{}, [a, b]],
      [{}, [b, c]],
      [{ scan: false }, [b, c]],
    ] as const;
    for (const as of ["json", "terraform", "cloudformation"] as const) {
      const files = variants.flatMap(
        ([options, tables]) => iamPolicySnippet(policyOptions({ ...options, as } as never), tables).files,
      );
      expect(new Set(files.map(({ filename }) => filename)).size).toBe(variants.length);
      const labels = files.map(({ content }) => /(?:data "\w+" "|^ {2})(\w+)/m.exec(content)?.[1]);
      if (as === "terraform") expect(new Set(labels).size).toBe(variants.length);
    }
    const again = [
      [a, b],
      [b, a],
    ].map((tables) => iamPolicySnippet(policyOptions(), tables as never).files[0]!.filename);
    expect(again[0]).toBe(again[1]);
  });

  test("that is too long becomes several, numbered", () => {
    const { files, warnings } = iamPolicySnippet(policyOptions(), manyTables(200));
    expect(files.map(({ filename }) => filename.replace(/-[0-9a-f]{8}-/, "-"))).toEqual([
      "shop-prod-reader-1.json",
      "shop-prod-reader-2.json",
      "shop-prod-reader-3.json",
    ]);
    expect(warnings).toEqual([]);
  });

  test("split over several policies fits inline only where all of them together do", () => {
    const tables = Array.from({ length: 120 }, (_, at) => ({
      ...policyTable(),
      name: `orders-${at}`,
      arn: `arn:aws:dynamodb:eu-west-1:111111111111:table/orders-${at}`,
    }));
    const { files } = iamPolicySnippet(policyOptions({ access: "reader" }), tables);
    expect(files.length).toBeGreaterThan(1);
    const together = files.reduce((sum, { size }) => sum + size.characters, 0);
    for (const { size } of files) {
      expect(size.quotas.find(({ id }) => id === "managed")?.fits).toBe(true);
      expect(size.quotas.find(({ id }) => id === "inline_role")?.fits).toBe(together <= 10_240);
      expect(size.quotas.find(({ id }) => id === "inline_user")?.fits).toBe(false);
    }
  });

  test("for one table that is too long becomes several, with a statement or more each", () => {
    const attributes = Array.from({ length: 40 }, (_, at) => `${at}${"x".repeat(80)}`);
    const table = policyTable("orders", { spec: indexedSpec });
    const snippet = iamPolicySnippet(policyOptions({ access: "reader-writer", attributes }), [table]);
    const name = (at: number) => `shop-prod-orders-reader-writer-${at}.json`;
    expect(
      snippet.files.map(({ filename, statements }) => [
        filename.replace(/-[0-9a-f]{8}-/, "-"),
        ...statements.map(({ sid }) => sid),
      ]),
    ).toEqual([
      [name(1), "TableRead"],
      [name(2), "TableWrite", "TableDescribe"],
      [name(3), "TableIndexes"],
    ]);
    expect(snippet.files.every(({ content }) => JSON.stringify(JSON.parse(content)).length <= 6_144)).toBe(
      true,
    );
    expect(snippet.warnings.map(({ path }) => path)).toEqual(["/attributes"]);
  });

  test("is never longer than a managed policy unless it says so, and splitting neither loses nor doubles", () => {
    const tables = fc.uniqueArray(tableArbitrary, {
      minLength: 1,
      maxLength: 40,
      selector: ({ key }) => key,
    });
    fc.assert(
      fc.property(optionsArbitrary, tables, (options, chosen) => {
        const snippet = iamPolicySnippet(options, chosen);
        const policies = documents(snippet);
        const long = policies.filter((policy) => JSON.stringify(policy).length > 6_144);
        expect(snippet.warnings.filter(({ message }) => message.includes("6,144"))).toHaveLength(long.length);
        const alone = chosen.flatMap((table) => documents(iamPolicySnippet(options, [table])));
        const split = permissions(policies);
        expect(new Set(split)).toEqual(new Set(permissions(alone)));
        const own = split.filter((one) => one.includes("table/"));
        expect(new Set(own).size).toBe(own.length);
        for (const { statements } of snippet.files) {
          expect(statements.every(({ sentence }) => /^[A-Z].*\.$/.test(sentence))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const warningsOf = (given: object, ...tables: SnippetTable[]) =>
  iamPolicySnippet(policyOptions(given), tables).warnings;

describe("a policy warns", () => {
  test("of the indexes that isolation leaves out", () => {
    const warnings = warningsOf(
      { leading_keys: "a", scan: "false" },
      policyTable("orders", { spec: indexedSpec }),
    );
    expect(warnings.map(({ path }) => path)).toEqual(["/tables/orders/global_secondary_indexes/by_mail"]);
  });

  test.each([
    ["reader", "leading_keys", "/scan"],
    ["writer", "attributes", "/attributes"],
  ])("of the calls that %s with %s does without", (access, narrowing, path) => {
    expect(warningsOf({ access, [narrowing]: "a" }, policyTable()).map((warning) => warning.path)).toEqual([
      path,
    ]);
    expect(warningsOf({ access }, policyTable())).toEqual([]);
  });

  test.each([
    ["B", "aGk=", 1],
    ["N", "042", 1],
    ["N", "acme", 1],
    ["N", "42", 0],
    ["N", "-0.5", 0],
    ["N", `\${aws:PrincipalTag/number}`, 0],
    ["S", "042", 0],
  ])("of leading keys that a partition key of type %s never equals: %s", (type, value, count) => {
    const table = policyTable("orders", { spec: { attribute_types: { id: type } } });
    const warnings = warningsOf({ leading_keys: [value], scan: false }, table);
    expect(warnings.map(({ path }) => path)).toEqual(Array(count).fill("/tables/orders/partition_key"));
  });

  test("of a leading key that looks like a pattern", () => {
    expect(warningsOf({ leading_keys: "tenant#*", scan: "false" }, policyTable())).toMatchObject([
      { path: "/leading_keys", message: expect.stringContaining("stand for themselves") },
    ]);
    expect(warningsOf({ leading_keys: `a\${*}`, scan: "false" }, policyTable())).toEqual([]);
  });

  test("of tables in several accounts", () => {
    const [one, other] = [policyTable("a"), policyTable("b", { account: "222222222222" })];
    expect(warningsOf({}, one, other)).toMatchObject([
      { path: "/tables", message: expect.stringContaining("111111111111, 222222222222") },
    ]);
  });

  test("of a statement that is too long alone", () => {
    const attributes = Array.from({ length: 60 }, (_, at) => `${at}${"x".repeat(120)}`);
    const snippet = iamPolicySnippet(policyOptions({ attributes }), [policyTable("a"), policyTable("b")]);
    const long = snippet.files.filter(({ size }) => size.characters > 6_144);
    expect(long.flatMap(({ statements }) => statements.map(({ sid }) => sid))).toEqual([
      ...["TableRead", "TableCheck", "TableRead", "TableCheck"],
    ]);
    expect(snippet.warnings.map(({ path, message }) => [path, / (Table\w+) /.exec(message)![1]])).toEqual([
      ...[
        ["/tables/a", "TableRead"],
        ["/tables/a", "TableCheck"],
      ],
      ...[
        ["/tables/b", "TableRead"],
        ["/tables/b", "TableCheck"],
      ],
    ]);
  });

  test("of more policies than a role may have", () => {
    const warnings = warningsOf({}, ...manyTables(300, "t".repeat(150)));
    expect(warnings).toMatchObject([{ path: "/tables", message: expect.stringContaining("may have 10") }]);
  });
});

describe("a statement is explained", () => {
  const sentences = (given: object, ...tables: SnippetTable[]) =>
    iamPolicySnippet(policyOptions(given), tables).files[0]!.statements;
  const tenant = `\${aws:PrincipalTag/tenant_id}`;

  test("for one tenant's items", () => {
    expect(sentences({ leading_keys: tenant }, policyTable())).toEqual([
      {
        sid: "Table",
        sentence:
          "Read items of shop-prod-orders one by one, in batches or by query; check them in transactions, but only those whose partition key is the caller's tenant_id tag.",
      },
      { sid: "TableDescribe", sentence: "See how shop-prod-orders is set up, which shows no items." },
    ]);
  });

  test("for chosen attributes, a customer key and HTTPS", () => {
    const table = policyTable("orders", { ...customerKey, spec: { ...indexedSpec, ...customerKey.spec } });
    const given = { access: "module", attributes: "status", https_only: true };
    expect(sentences(given, table).map(({ sentence }) => sentence)).toEqual([
      'Read items of shop-prod-orders one by one, by query or by reading all of it, of their attributes only "status" and the keys, which a call must ask for by name.',
      'Change items of shop-prod-orders, of their attributes only "status" and the keys.',
      'Read items of shop-prod-orders through the indexes by query or by reading all of it, of their attributes only "status" and the keys, which a call must ask for by name.',
      "Use the customer key of shop-prod-orders, through DynamoDB alone.",
      "Refuse all of this on shop-prod-orders unless the call comes over HTTPS.",
    ]);
  });

  test("for a stream", () => {
    expect(sentences({ access: "stream" }, policyTable()).map(({ sentence }) => sentence)).toEqual([
      "Read the stream of changes of shop-prod-orders, also one that is switched on later.",
      "List the streams of the account; AWS knows no narrower permission for it.",
    ]);
  });
});
