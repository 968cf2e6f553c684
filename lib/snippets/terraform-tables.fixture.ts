import fc from "fast-check";
import { connect } from "#lib/infra/aws/gateway.ts";
import { plan } from "#lib/provisioning/plan.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { specArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import { hostileSpecArbitrary } from "./hostile.arbitrary.ts";
import type { SnippetTable } from "./snippet.ts";

type Place = Pick<SnippetTable, "project" | "environment" | "account" | "region"> & { endpoint: string };

const tagsOf = (place: Place, key: string, name: string, spec: TableSpec) =>
  composeTags({
    spec,
    configTags: { Owner: "platform-team" },
    environmentTags: { CostCenter: "1234" },
    project: place.project,
    environment: place.environment,
    name,
    tableId: `id-of-${key}`,
  });

/** A table that nobody has made yet. */
export function plannedTable(place: Place, key: string, spec: TableSpec): SnippetTable {
  const name = `${place.project}-${place.environment}-${key}`;
  return {
    ...place,
    key,
    name,
    spec,
    tags: tagsOf(place, key, name, spec),
    arn: null,
    streamArn: null,
    kmsKeyArn: null,
    unsupported: [],
  };
}

const gatewayOf = (place: Place) => connect({ ...place, roleArn: null, externalId: null });

/** What an endpoint says of a table at rest, without what it makes up itself and with sets in order. Throws where there is none. */
export async function observedFacts(place: Place, name: string) {
  const observed = await gatewayOf(place).observe(name, { deep: true, skip: [] });
  if (!observed.exists) throw new Error(`There is no ${name}.`);
  const { tableId, createdAt, arn, stream, backups, ...facts } = observed;
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return {
    ...facts,
    attributes: facts.attributes.toSorted(byName),
    globalSecondaryIndexes: facts.globalSecondaryIndexes.toSorted(byName).map((index) => ({
      ...index,
      nonKeyAttributes: index.nonKeyAttributes.toSorted(),
    })),
    localSecondaryIndexes: facts.localSecondaryIndexes.toSorted(byName),
    stream: { enabled: stream.enabled, viewType: stream.viewType },
    backups: { status: backups?.status, days: backups?.days },
  };
}

/** A table made by the calls a worker makes, on an endpoint where tables are ACTIVE at once. */
export async function provisionedTable(place: Place, key: string, spec: TableSpec): Promise<SnippetTable> {
  const table = plannedTable(place, key, spec);
  const gateway = gatewayOf(place);
  for (const call of plan({ ...table, unsupported: [] }, { exists: false })) await gateway.run(call);
  const observed = await gateway.describeTable(table.name);
  if (!observed.exists) throw new Error(`${table.name} was not made.`);
  const { arn, stream, encryption } = observed;
  return { ...table, arn, streamArn: stream.arn, kmsKeyArn: encryption.kmsKeyArn };
}

/** Whether all texts are in Unicode's normal form C, as HCL reads them. */
const inNormalForm = (spec: TableSpec) => JSON.stringify(spec) === JSON.stringify(spec).normalize("NFC");

/** Customer keys of another region and limits over the default quotas are not for one account to hold. */
const heldByOneAccount = (spec: TableSpec): TableSpec => ({
  ...spec,
  kms_key_id:
    spec.kms_key_id?.replace(/^arn:aws-us-gov:kms:us-gov-west-1:/, "arn:aws:kms:eu-west-1:") ?? null,
  max_read_request_units: spec.max_read_request_units && (spec.max_read_request_units % 40_000) + 1,
  max_write_request_units: spec.max_write_request_units && (spec.max_write_request_units % 40_000) + 1,
});

/** That many specs, everyday and hostile ones in turn, that one account can hold and HCL can say. */
export function sampleSpecs(count: number, seed: number): TableSpec[] {
  return fc
    .sample(fc.tuple(specArbitrary, hostileSpecArbitrary), { numRuns: count, seed })
    .flat()
    .map(heldByOneAccount)
    .filter(inNormalForm)
    .slice(0, count);
}
