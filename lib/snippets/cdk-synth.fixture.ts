import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/*
 * The app of somebody who put exported constructs into a folder: `node cdk-synth.fixture.ts FOLDER [grant]` prints the
 * template of one stack that holds them all; with `grant`, each beside a role that may read it and its stream.
 */

type TableClass = new (scope: Construct, id: string) => Construct & { readonly table: ITable };

const [folder = ".", grant] = process.argv.slice(2);
const app = new App({ analyticsReporting: false, outdir: path.join(folder, "cdk.out") });
const stack = new Stack(app, "Exports");
for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
  const exported: Record<string, TableClass> = await import(pathToFileURL(path.resolve(folder, file)).href);
  const [Table] = Object.values(exported);
  if (!Table) throw new Error(`${file} exports nothing.`);
  const { table } = new Table(stack, path.basename(file, ".ts"));
  if (grant) {
    const role = new Role(stack, `Reader of ${file}`, { assumedBy: new AccountRootPrincipal() });
    table.grantReadData(role);
    if (table.tableStreamArn) table.grantStreamRead(role);
  }
}
process.stdout.write(JSON.stringify(app.synth().getStackByName("Exports").template));
