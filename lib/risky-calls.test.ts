import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "../scripts/import-graph.ts";

const product = sourceFiles().filter(
  (file) => /^(app|components|lib)\//.test(file) && !/\.(test|arbitrary|fixture)\.tsx?$/.test(file),
);

/** Files that may use it, each with a reason that its own comments give. */
const rules: [says: string, refuses: RegExp, except: string[]][] = [
  [
    "markup is written by React, which encodes it",
    /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML/,
    [],
  ],
  ["text never becomes code", /\beval\(|new Function\(|node:vm/, []],
  ["SQL takes values as parameters", /RawUnsafe\(/, []],
  ["SQL that is no parameter is a name of ours", /Prisma\.raw\((?!keptMark\)|`steps\$\{index\}`\))/, []],
  [
    "programs are started for the embedded Postgres alone",
    /node:child_process/,
    ["lib/infra/postgres-binaries.ts", "lib/infra/postgres-server.ts"],
  ],
  [
    "files are read and written where we say",
    /node:fs/,
    [
      "lib/infra/config-prices.ts",
      "lib/infra/config.ts",
      "lib/infra/embedded-postgres.ts",
      "lib/infra/migrations.ts",
      "lib/infra/postgres-binaries.ts",
      "lib/infra/postgres-server.ts",
      "lib/sandbox/persistence.ts",
    ],
  ],
  ["pages keep nothing in the browser's storage", /\b(localStorage|sessionStorage|indexedDB)\b/, []],
  [
    "pages take no messages of other windows, and open no socket",
    /addEventListener\("message"|onmessage|new WebSocket/,
    [],
  ],
  ["what must not be guessed comes from node:crypto", /Math\.random/, ["lib/provisioning/pacing.ts"]],
  ["hashes are SHA-256", /create(Hash|Hmac)\((?!"sha256"\))(?!"sha256", )/, []],
  ["no certificate is accepted unseen", /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/, []],
];

test.each(rules)("%s", (_says, refuses, except) => {
  const found = product.filter((file) => refuses.test(readFileSync(file, "utf8")));
  expect(found.filter((file) => !except.includes(file))).toEqual([]);
});
