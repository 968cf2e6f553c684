import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { type StubCall, startStubAws } from "#lib/infra/aws/stub-aws.fixture.ts";
import { getConfig } from "#lib/infra/config.ts";
import { actorOf } from "#lib/people/actor.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { makePerson } from "#prisma/factories.ts";

export const roleArn = "arn:aws:iam::111111111111:role/tablewright";

/**
 * Two environments in AWS, one with a role to assume and one with what the worker has, an emulator that is away, and
 * the sandbox; everything is approved.
 */
const configuration = `projects: { shop: { developers: [shop-devs] }, billing: { developers: [billing-devs] } }
environments:
  prod: { account: "111111111111", region: eu-west-1, role_arn: "${roleArn}", external_id: ext-1 }
  own: { account: "111111111111", region: eu-west-1 }
  emulator: { account: "000000000000", region: eu-west-1, endpoint: "http://127.0.0.1:9" }
  demo: { account: "000000000000", region: eu-west-1, endpoint: sandbox }
approvals: [{ id: open, require: [] }]
`;

/** Everything a machine may hold that points elsewhere. */
const profiles = `[default]
region = us-west-2
endpoint_url = http://127.0.0.1:9
use_fips_endpoint = true
use_dualstack_endpoint = true
account_id_endpoint_mode = required
max_attempts = 7
services = elsewhere
[services elsewhere]
dynamodb =
  endpoint_url = http://127.0.0.1:9
sts =
  endpoint_url = http://127.0.0.1:9
`;
type AwsScene = {
  sandbox: Sandbox;
  worker: RunningWorker;
  dana: UserActor;
  aws: Awaited<ReturnType<typeof startStubAws>>;
  /** What was asked of AWS by this name, in this test. */
  called: (operation: string) => StubCall[];
};

/** Called at the top of a test file, after `useTestDatabase`: one worker, and for each test an AWS of its own. */
export function useAws(): AwsScene {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-aws-"));
  process.env.TABLEWRIGHT_CONFIG = path.join(folder, "tablewright.yaml");
  writeFileSync(process.env.TABLEWRIGHT_CONFIG, configuration);
  const scene = {
    called: (operation: string) => scene.aws.calls.filter((call) => call.operation === operation),
  } as AwsScene;
  beforeAll(async () => {
    spoilEnvironment(folder);
    scene.sandbox = await startSandbox({ creatingSeconds: 0.2 });
    process.env.TABLEWRIGHT_SANDBOX_URL = scene.sandbox.url;
    const dana = { name: "Dana", email: "dana+tables@example.com", groups: ["shop-devs"] };
    scene.dana = actorOf(await makePerson(dana), getConfig(), null);
    scene.worker = await startWorker({ owner: "aws-test" });
  });
  beforeEach(async () => {
    scene.aws = await startStubAws(scene.sandbox.url);
  });
  afterEach(() => scene.aws.close());
  afterAll(async () => {
    await scene.worker.stop();
    await scene.sandbox.close();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return scene;
}

/** The worker's key, and variables and profiles that point elsewhere. */
function spoilEnvironment(folder: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  writeFileSync(path.join(folder, "config"), profiles);
  vi.stubEnv("AWS_CONFIG_FILE", path.join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", path.join(folder, "none"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAWORKER");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const suffix of ["", "_DYNAMODB", "_STS"])
    vi.stubEnv(`AWS_ENDPOINT_URL${suffix}`, "http://127.0.0.1:9");
}
