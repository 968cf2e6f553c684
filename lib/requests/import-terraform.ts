import * as z from "zod";
import { type Actor, seesAll } from "#lib/core/actor.ts";
import { AppError, type FieldError } from "#lib/core/errors.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { type HclFault, importHcl } from "#lib/infra/hcl.ts";
import { maxHclDepth } from "#lib/infra/hcl-scan.ts";
import { maxTables } from "#lib/table-spec/schema.ts";
import type { Platform } from "#lib/terraform-import/table-name.ts";
import type { TerraformImport } from "#lib/terraform-import/terraform-import.ts";

/** Longest text, in bytes of UTF-8. */
export const maxHclBytes = 512_000;

/** The body of `POST /imports/terraform`. */
export const importTerraformBody = z.strictObject({ hcl: z.string() });

/**
 * `POST /imports/terraform`: the tables of a text in Terraform's language, and what of it could not be taken over, by
 * HCL path. A table of which all is known is a complete spec; of another the open fields are absent. Stores nothing.
 * Throws INVALID (no HCL, too large, too deep, takes too long, nothing in it, too many
 * tables), LIMIT (others are waiting), UNAVAILABLE.
 */
export const importTerraform = query({
  input: importTerraformBody,
  run: async (actor: Actor, { hcl }): Promise<TerraformImport> => {
    if (Buffer.byteLength(hcl) > maxHclBytes) {
      throw invalid(`The text is larger than ${maxHclBytes / 1000} kB. Import the files one by one.`);
    }
    const found = await read(hcl, platformFor(actor));
    const count = Object.keys(found.tables).length;
    if (count === 0 && found.warnings.length === 0) throw invalid(noTable);
    if (count > maxTables) {
      throw invalid(
        `The text holds more tables than a request may, which is ${maxTables}. Import a part of them.`,
      );
    }
    return found;
  },
});

async function read(hcl: string, platform: Platform): Promise<TerraformImport> {
  const answer = await importHcl(hcl, platform);
  if (answer.kind === "parsed") return answer.value;
  if (answer.kind === "deep")
    throw invalid(`The text has more than ${maxHclDepth} brackets within each other.`);
  if (answer.kind === "faulty") throw /^\s*\{/.test(hcl) ? invalid(bareMap) : notHcl(answer.faults);
  if (answer.kind === "failed") {
    const reason = answer.reason.replace(/^(?:[a-z]+ [a-z]+(?: to HCL)?: )+/i, "");
    throw invalid(`The text cannot be read as Terraform: ${reason}.`);
  }
  if (answer.kind === "busy") {
    throw new AppError("LIMIT", "Others are importing at the moment. Try again in a few seconds.", {
      retryAfterSeconds: 5,
    });
  }
  if (answer.kind === "heavy")
    throw invalid("Reading the text took too much time or memory. Import a part of it.");
  throw new AppError("UNAVAILABLE", "The text could not be read. Try again, or import a part of it.", {
    retryAfterSeconds: 5,
    cause: answer,
  });
}

function invalid(message: string, errors?: FieldError[]): AppError {
  return new AppError("INVALID", message, { errors: errors ?? [{ path: "/hcl", message }] });
}

function notHcl(faults: readonly HclFault[]): AppError {
  const errors = faults.map(({ line, column, reason }) => ({
    path: "/hcl",
    message: `Line ${line}, column ${column}: ${reason.replaceAll("; ", ". ")}`,
  }));
  return invalid(`This cannot be read as HCL. ${errors[0]?.message ?? ""}`.trim(), errors);
}

const noTable =
  'There is no DynamoDB table in the text. Looked for: a map tables = { … }, a module with such a map, resource "aws_dynamodb_table", and calls of terraform-aws-modules/dynamodb-table.';

const bareMap =
  "This begins with a brace, as JSON does or a map without its name. Write tables = before a map of tables; for JSON, paste the HCL that it stands for.";

/** What the platform adds by itself, and the projects and environments that this person may ask in. */
function platformFor(actor: Actor): Platform {
  const { naming, projects, environments, tags } = getConfig();
  const all = Object.keys(projects);
  return {
    pattern: naming.pattern,
    projects: actor.kind === "system" || seesAll(actor) ? all : actor.projects,
    environments: environments.map(({ name }) => name),
    tags,
    environmentTags: Object.fromEntries(
      environments.map((environment) => [environment.name, environment.tags]),
    ),
  };
}
