import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importsOf, sourceFiles } from "../scripts/import-graph.ts";
import { registry, verbs } from "./authorization.registry.fixture.ts";

/** What runs at a customer's, `proxy.ts` and the configuration of Next among it. */
const ours = [...sourceFiles(), ...globSync("*.{ts,mjs}")].filter(
  (file) => !/\.(test|arbitrary|fixture|bench|spec)\.tsx?$|^(e2e|bench)\/|^(vitest|playwright)\./.test(file),
);
const product = ours.filter((file) => /^(app|components|lib)\/|^proxy\.ts$/.test(file));
const read = (file: string) => readFileSync(file, "utf8");
const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
const found = (pattern: RegExp, files: readonly string[] = product) =>
  files.filter((file) => pattern.test(code(file)));
/** Each export of a file, as text on one line. */
const exportsOf = (file: string) =>
  code(file)
    .split(/^(?=export )/m)
    .filter((part) => part.startsWith("export "))
    .map((part) => part.replace(/\s+/g, " ").trim());

describe("server actions", () => {
  const aroundSessions = ["app/(auth)/sign-in/actions.ts", "app/(portal)/actions.ts"];
  const actions = found(/["']use server["']/);

  test("are whole files called actions.ts: none hides within a page or a component", () => {
    expect(actions).not.toEqual([]);
    expect(actions.filter((file) => !/^app\/(.*\/)?actions\.ts$/.test(file))).toEqual([]);
    expect(actions.filter((file) => !read(file).startsWith('"use server";\n'))).toEqual([]);
  });

  test("are each one verb of the matrix, asked as whoever the session says", () => {
    const shape =
      /^export const \w+ = async \(input: unknown\) => runAction\(\(actor\) => (\w+)\(actor, input\)\);$/;
    const others = actions
      .filter((file) => !aroundSessions.includes(file))
      .flatMap((file) => exportsOf(file).filter((one) => !verbs.has(shape.exec(one)?.[1] ?? "")));
    expect(others).toEqual([]);
  });

  test("without a session are those that sign in and out, and nothing else; they too refuse other sites", () => {
    const open = aroundSessions.flatMap(exportsOf);
    expect(open.map((one) => /function (\w+)/.exec(one)?.[1])).toEqual([
      "signInAsDemoPerson",
      "signInAtProvider",
      "signOut",
    ]);
    expect(open.filter((one) => !one.includes(" await runPublicAction("))).toEqual([]);
    expect(found(/\brunPublicAction\(/).toSorted()).toEqual(
      [...aroundSessions, "lib/server/run-action.ts"].toSorted(),
    );
  });
});

describe("routes", () => {
  const routes = product.filter((file) => /^app\/(.*\/)?route\.tsx?$/.test(file));
  const handler = /^export const (?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) = (.*)$/;
  /** Open to whoever asks, because load balancers and people who have no session yet do. */
  const open: Record<string, RegExp> = {
    "app/health/live/route.ts":
      /^export function GET\(\): Response \{ return Response\.json\(\{ status: "ok" \}\); \}$/,
    "app/health/ready/route.ts": /^export (async function GET\(\)|const dynamic)/,
    "app/(auth)/sign-in/callback/route.ts": /^export const GET = redirectTo\(\(request\) => finishSignIn\(/,
  };

  test("know who asks by one of the adapters, wherever they lie", () => {
    const adapter =
      /^(handleApi;|runRoute\(\(actor\b|downloadSnippets\(async \(actor\b|\(request: Request\): Promise<Response> => answer\(async \(\) => \{.*\(await getActor\(\),)/;
    const missing = routes
      .filter((file) => !(file in open))
      .flatMap((file) =>
        exportsOf(file)
          .filter((one) => !adapter.test(handler.exec(one)?.[1] ?? ""))
          .map((one) => `${file}: ${one}`),
      );
    expect(missing).toEqual([]);
  });

  test("that are open to all are these, and take nothing from who asks but the provider's answer", () => {
    const other = Object.entries(open).flatMap(([file, shape]) =>
      exportsOf(file).filter((one) => !shape.test(one)),
    );
    expect(other).toEqual([]);
    expect(read("app/health/ready/route.ts")).toContain("export async function GET(): Promise<Response>");
  });

  test("hand on to verbs and queries of the matrix", () => {
    const handedOn = routes.flatMap((file) => [
      ...code(file).matchAll(/(\w+)\((?:actor|await getActor\(\))[,)]/g),
    ]);
    const readers = ["readNotices"];
    expect(handedOn.length).toBeGreaterThan(8);
    expect(
      handedOn.map(([, name]) => name!).filter((name) => ![...registry, ...readers].includes(name)),
    ).toEqual([]);
  });
});

test("nothing else listens: one web server, which hands on all but its metrics, and the metrics of workers", () => {
  expect(found(/\bcreateServer\(\(/, ours).toSorted()).toEqual([
    // It plays AWS, in the demo and in tests.
    "lib/sandbox/server.ts",
    "lib/worker/metrics-server.ts",
    "scripts/web.ts",
  ]);
  const web = code("scripts/web.ts");
  expect(web.match(/request\.url === .*/g)).toEqual([
    'request.url === "/metrics") return void tellMetrics(response);',
  ]);
});

describe("pages", () => {
  const pages = product.filter((file) => /^app\/.*(page|layout)\.tsx$/.test(file));
  const open = ["app/layout.tsx", "app/(auth)/sign-in/page.tsx", "app/docs/api/page.tsx"];

  test("each ask for themselves who looks: a layout guards none of the pages in it", () => {
    const asks = found(/await require(Actor|Session)\(\)/, pages);
    expect(pages.filter((page) => !asks.includes(page)).toSorted()).toEqual(open.toSorted());
  });

  test("read by queries of the matrix alone", () => {
    const local = ["readNotices", "readWaiting", "readSnippets", "readDraft", "readEvents", "readEventsOf"];
    const policies = /^can[A-Z]/;
    const called = pages.flatMap((file) =>
      [...code(file).matchAll(/\b(\w+)\((?:actor|await requireActor\(\))[,)]/g)].map(([, name]) => name!),
    );
    expect(called.length).toBeGreaterThan(25);
    const unknown = called.filter((name) => ![...registry, ...local].includes(name) && !policies.test(name));
    expect(unknown).toEqual([]);
  });
});

describe("who asks", () => {
  test("comes from a session or a token: nothing else makes a person into an actor", () => {
    expect(found(/\bactorOf\(/).toSorted()).toEqual([
      "lib/people/actor.ts",
      "lib/people/queries.ts",
      "lib/server/session.ts",
    ]);
    expect(found(/kind: "user",/)).toEqual(["lib/people/actor.ts"]);
  });

  test("is Tablewright itself in the workers, when signing in and on the command line, and nowhere else", () => {
    expect(found(/kind: "system",/, ours).toSorted()).toEqual([
      "lib/provisioning/progress-store.ts",
      "lib/server/sign-in.ts",
      "lib/worker/start.ts",
      "prisma/factories.ts",
      "scripts/tablewright.ts",
    ]);
  });

  test("is looked at by every verb: none allows whoever it is", () => {
    expect(found(/authorize: (async )?\(\) =>/)).toEqual([]);
  });

  test("is none of proxy.ts's business: it reads no cookie, and answers, turns away and leads elsewhere nobody", () => {
    expect(importsOf("proxy.ts").map(({ to }) => to)).toEqual([
      "next/server",
      "lib/infra/config.ts",
      "lib/infra/env.ts",
      "lib/infra/security-headers.ts",
      "lib/server/return-address.ts",
    ]);
    expect(code("proxy.ts")).not.toMatch(
      /cookie|authorization|redirect|rewrite|\.json\(|new (Next)?Response\(/i,
    );
    expect(code("proxy.ts").match(/^ *return\b.*/gm)).toEqual([
      "  return response;",
      '  return issuer === undefined ? [] : ["https:", new URL(issuer).origin];',
    ]);
    expect(globSync("{,src/,app/}middleware.{ts,js,mjs}")).toEqual([]);
  });
});

describe("the outside world", () => {
  test("environment variables are read in lib/infra/env.ts, and by the scripts that start what reads them", () => {
    const readers = found(
      /process\s*\??\.\s*env\b|process\[|\benv\b[^;]*= process\b|from "(node:)?process"/,
      ours,
    );
    expect(readers.toSorted()).toEqual([
      "lib/infra/env.ts",
      // The sandbox is also a program of its own.
      "lib/sandbox/main.ts",
      "next.config.ts",
      "prisma/test-config.ts",
      "prisma/test-database.ts",
      ...["bench", "boot"].map((name) => `scripts/${name}.ts`),
      "scripts/bootstrap.mjs",
      ...["build", "checks", "chromium", "generate", "start", "tablewright"].map(
        (name) => `scripts/${name}.ts`,
      ),
    ]);
  });

  test("the AWS SDK, Prisma and the database's driver stay in their rooms, whichever way they are loaded", () => {
    const rooms =
      /^lib\/infra\/|^lib\/sandbox\/|^lib\/core\/|^lib\/[a-z-]+\/([a-z-]*store|[a-z-]*queries)\.ts$|^prisma\/test-database\.ts$|^scripts\/make-migration\.ts$/;
    const clients = /^(@aws-sdk\/|@smithy\/|aws-sdk|@prisma\/|prisma\/generated|pg$|pg-boss)/;
    const outside = ours
      .filter((file) => !rooms.test(file))
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => clients.test(to) && !typeOnly);
    expect(outside.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    // What is loaded by `require` no rule above would see.
    expect(found(/\brequire\(|createRequire\(/)).toEqual(["lib/infra/postgres-binaries.ts"]);
    expect(found(/\bimport\((?!\s*["'])/)).toEqual([]);
  });
});
