import dns from "node:dns";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { desiredTable } from "#lib/provisioning/plan.arbitrary.ts";
import { plan } from "#lib/provisioning/plan.ts";
import { awsEndpoint, type Target } from "./client.ts";
import { classifyFailure } from "./failure.ts";
import { connect } from "./gateway.ts";

type Seen = { operation: string; headers: IncomingHttpHeaders; body: unknown };
type Answer = { status?: number; type?: string; body: string } | "silence" | "stall";

const servers: Server[] = [];

/** A server on loopback that answers by operation and remembers what it was asked. */
async function stub(answers: (operation: string, body: Record<string, unknown>) => Answer) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const body = text.startsWith("{") ? JSON.parse(text) : {};
    seen.push({ operation, headers: request.headers, body });
    const answer = answers(operation, body);
    if (answer === "silence") return;
    const type = typeof answer === "object" && answer.type ? answer.type : "application/x-amz-json-1.0";
    response.writeHead(answer === "stall" ? 200 : (answer.status ?? 200), { "content-type": type });
    if (answer === "stall") response.write('{"Table":');
    else response.end(answer.body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });
const fault = (type: string, message = ""): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
});

const emulator = (endpoint: string): Target => ({
  endpoint,
  account: "000000000000",
  region: "eu-west-1",
  roleArn: null,
  externalId: null,
});
const aws = (fields: Partial<Target> = {}): Target => ({ ...emulator(""), endpoint: null, ...fields });

const arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/shop-dev-orders";
const activeTable = {
  Table: {
    TableName: "shop-dev-orders",
    TableStatus: "ACTIVE",
    TableArn: arn,
    TableId: "id-1",
    CreationDateTime: 1_767_323_045,
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    LatestStreamArn: `${arn}/stream/old`,
  },
};

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent/config");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe("an environment with an endpoint", () => {
  test("signs as its account for its region, with nothing of the machine's", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAMACHINE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "machine-secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "machine-token");
    vi.stubEnv("AWS_REGION", "us-west-2");
    const elsewhere = await stub(() => json(activeTable));
    vi.stubEnv("AWS_ENDPOINT_URL", elsewhere.url);
    const { url, seen } = await stub(() => json(activeTable));
    await connect(emulator(url)).describeTable("shop-dev-orders");
    expect(seen[0]?.headers.authorization).toContain("Credential=000000000000/");
    expect(seen[0]?.headers.authorization).toContain("/eu-west-1/dynamodb/aws4_request");
    expect(seen[0]?.headers["x-amz-target"]).toBe("DynamoDB_20120810.DescribeTable");
    expect(seen[0]?.headers["content-type"]).toBe("application/x-amz-json-1.0");
    expect(JSON.stringify(seen)).not.toContain("machine-token");
    expect(elsewhere.seen).toEqual([]);
  });

  test("has the account it is configured with, asking nobody", async () => {
    await connect(emulator("http://127.0.0.1:9")).checkAccount();
  });

  test("is asked once for each call: nothing is tried again behind the worker's back", async () => {
    const { url, seen } = await stub(() => fault("ThrottlingException", "Rate exceeded"));
    await expect(connect(emulator(url)).describeTable("t-1")).rejects.toThrow("Rate exceeded");
    expect(seen).toHaveLength(1);
  });

  test("that says nothing, or stops in the middle, ends in a time-out", async () => {
    const calls = (["silence", "stall"] as const).map(async (answer) => {
      const { url } = await stub(() => answer);
      return connect(emulator(url))
        .describeTable("shop-dev-orders")
        .catch((error: unknown) => classifyFailure(error, { call: "DescribeTable", endpoint: true }));
    });
    expect(await Promise.all(calls)).toEqual([
      expect.objectContaining({ kind: "retry" }),
      expect.objectContaining({ kind: "retry" }),
    ]);
  });
});

describe("an AWS environment", () => {
  /** Nothing leaves this machine: names are noted and never found. */
  function hostsAskedFor(): string[] {
    const hosts: string[] = [];
    vi.spyOn(dns, "lookup").mockImplementation(((host: string, ...rest: unknown[]) => {
      hosts.push(host);
      const done = rest.at(-1) as (error: Error) => void;
      process.nextTick(
        done,
        Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: "ENOTFOUND" }),
      );
    }) as unknown as typeof dns.lookup);
    return hosts;
  }

  async function redirected(): Promise<Seen[]> {
    const elsewhere = await stub(() => json({}));
    for (const suffix of ["", "_DYNAMODB", "_STS"]) vi.stubEnv(`AWS_ENDPOINT_URL${suffix}`, elsewhere.url);
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    vi.stubEnv("AWS_USE_DUALSTACK_ENDPOINT", "true");
    vi.stubEnv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required");
    return elsewhere.seen;
  }

  function machineKey(): void {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAMACHINE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "machine-secret");
    vi.stubEnv("AWS_ACCOUNT_ID", "111111111111");
  }

  test.each([
    ["eu-west-1", "sts.eu-west-1.amazonaws.com"],
    ["cn-north-1", "sts.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "sts.us-gov-west-1.amazonaws.com"],
  ])(
    "in %s first asks the regional STS whose its credentials are, whatever variables say",
    async (region, sts) => {
      const elsewhere = await redirected();
      machineKey();
      const hosts = hostsAskedFor();
      const gateway = connect(aws({ region, account: "111111111111" }));
      await expect(gateway.describeTable("t-1")).rejects.toThrow("ENOTFOUND");
      expect(hosts).toEqual([sts]);
      expect(elsewhere).toEqual([]);
    },
  );

  test("assumes its role at the regional STS before anything else", async () => {
    const elsewhere = await redirected();
    machineKey();
    const hosts = hostsAskedFor();
    const role = {
      roleArn: "arn:aws:iam::111111111111:role/tablewright",
      externalId: "ext",
      region: "eu-west-3",
    };
    await expect(connect(aws(role)).describeTable("t-1")).rejects.toThrow("ENOTFOUND");
    expect(hosts).toEqual(["sts.eu-west-3.amazonaws.com"]);
    expect(elsewhere).toEqual([]);
  });

  test("gets a pod's credentials from AWS's own STS too, whatever variables say", async () => {
    const elsewhere = await redirected();
    const folder = mkdtempSync(join(tmpdir(), "tablewright-"));
    writeFileSync(join(folder, "token"), "a web identity token");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", join(folder, "token"));
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::111111111111:role/pod");
    const hosts = hostsAskedFor();
    await expect(connect(aws({ region: "eu-west-2" })).describeTable("t-1")).rejects.toThrow("ENOTFOUND");
    rmSync(folder, { recursive: true });
    expect(hosts).toEqual(["sts.eu-west-2.amazonaws.com"]);
    expect(elsewhere).toEqual([]);
  });

  test("without credentials waits for some, and says so", async () => {
    const hosts = hostsAskedFor();
    const error = await connect(aws({ region: "eu-north-1" }))
      .describeTable("t-1")
      .catch((thrown: unknown) => thrown);
    expect(classifyFailure(error, { call: "DescribeTable", endpoint: false })).toMatchObject({
      kind: "wait",
    });
    expect(hosts).toEqual([]);
  });

  test("has endpoints with the suffix of its partition", () => {
    expect(awsEndpoint("dynamodb", "us-east-1")).toBe("https://dynamodb.us-east-1.amazonaws.com");
    expect(awsEndpoint("sts", "cn-northwest-1")).toBe("https://sts.cn-northwest-1.amazonaws.com.cn");
  });
});

describe("a look at a table", () => {
  const answers: Record<string, Answer> = {
    DescribeTable: json(activeTable),
    DescribeTimeToLive: json({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "ttl" },
    }),
    DescribeContinuousBackups: json({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: "ENABLED",
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: "ENABLED",
          RecoveryPeriodInDays: 7,
          EarliestRestorableDateTime: 1_767_323_045,
        },
      },
    }),
    ListTagsOfResource: json({ Tags: [{ Key: "Project", Value: "shop" }] }),
  };
  const look = { deep: true, skip: [] };

  test("reads TTL, backups and tags of an active table, and shows no stream that is off", async () => {
    const { url } = await stub((operation) => answers[operation]!);
    expect(await connect(emulator(url)).observe("shop-dev-orders", look)).toMatchObject({
      exists: true,
      tableId: "id-1",
      createdAt: "2026-01-02T03:04:05.000Z",
      arn,
      keys: { partitionKey: "id", sortKey: null },
      readCapacity: null,
      stream: { enabled: false, arn: null, label: null },
      encryption: { type: "aws_owned" },
      ttl: { status: "ENABLED", attribute: "ttl" },
      backups: { status: "ENABLED", days: 7, earliest: "2026-01-02T03:04:05.000Z", latest: null },
      tags: { Project: "shop" },
      unsupportedReads: [],
    });
  });

  test("asks DescribeTable alone while the table is being made, or when no more is wanted", async () => {
    const creating = { Table: { ...activeTable.Table, TableStatus: "CREATING" } };
    const making = await stub(() => json(creating));
    await connect(emulator(making.url)).observe("shop-dev-orders", look);
    const made = await stub((operation) => answers[operation]!);
    await connect(emulator(made.url)).observe("shop-dev-orders", { deep: false, skip: [] });
    expect([...making.seen, ...made.seen].map(({ operation }) => operation)).toEqual([
      "DescribeTable",
      "DescribeTable",
    ]);
  });

  test("asks nothing about the facets to skip", async () => {
    const { url, seen } = await stub((operation) => answers[operation]!);
    await connect(emulator(url)).observe("shop-dev-orders", { deep: true, skip: ["ttl", "tags"] });
    expect(seen.map(({ operation }) => operation)).toEqual(["DescribeTable", "DescribeContinuousBackups"]);
  });

  test("notes what the endpoint cannot answer, and still sees the rest", async () => {
    const { url } = await stub((operation) => {
      if (operation === "ListTagsOfResource") return fault("UnknownOperationException");
      if (operation === "DescribeTimeToLive")
        return { status: 404, type: "text/html", body: "<html>no</html>" };
      return answers[operation]!;
    });
    expect(await connect(emulator(url)).observe("shop-dev-orders", look)).toMatchObject({
      ttl: null,
      tags: null,
      backups: { status: "ENABLED" },
      unsupportedReads: ["tags", "ttl"],
    });
  });

  test("sees that there is none", async () => {
    const { url } = await stub(() => fault("ResourceNotFoundException", "Requested resource not found"));
    expect(await connect(emulator(url)).observe("shop-dev-orders", look)).toEqual({ exists: false });
  });

  test("reads every page of tags", async () => {
    const { url } = await stub((_operation, body) =>
      body.NextToken === "2"
        ? json({ Tags: [{ Key: "b", Value: "2" }] })
        : json({ Tags: [{ Key: "a", Value: "1" }], NextToken: "2" }),
    );
    expect(await connect(emulator(url)).listTags(arn)).toEqual({ a: "1", b: "2" });
  });

  test("at something that is not DynamoDB stops, and says so", async () => {
    const { url } = await stub(() => ({ type: "text/html", body: "<html>Hello</html>" }));
    const error = await connect(emulator(url))
      .observe("t-1", look)
      .catch((thrown: unknown) => thrown);
    expect(classifyFailure(error, { call: "DescribeTable", endpoint: true })).toMatchObject({ kind: "stop" });
  });
});

describe("a planned call", () => {
  test("is sent as planned, word for word, through the hook", async () => {
    const { url, seen } = await stub((operation) =>
      json(operation === "CreateTable" ? { TableDescription: activeTable.Table } : {}),
    );
    const hooked: string[] = [];
    const gateway = connect(emulator(url), {
      onCall: (call, send) => {
        hooked.push(`${call.operation} ${call.table}`);
        return send();
      },
    });
    const calls = plan(desiredTable({ enable_ttl: true, enable_point_in_time_recovery: true }), {
      exists: false,
    });
    const answers = [];
    for (const call of calls) answers.push(await gateway.run(call));
    expect(seen.map(({ operation, body }) => ({ operation, body }))).toEqual(
      calls.map(({ call, input }) => ({ operation: call, body: input })),
    );
    expect(answers).toEqual([expect.objectContaining({ tableId: "id-1" }), null, null]);
    expect(hooked).toEqual(calls.map(({ call }) => `${call} shop-dev-orders`));
  });
});
