import { checkInput } from "./constraints.ts";
import { describeContinuousBackups, updateContinuousBackups } from "./continuous-backups.ts";
import { createTable } from "./create-table.ts";
import { deleteTable } from "./delete-table.ts";
import { describeTable, listTables } from "./describe-table.ts";
import { meetNamedFault } from "./faults.ts";
import { inputShapes, type OperationName, refusedMembers } from "./input-shapes.ts";
import type { Facet } from "./options.ts";
import { invalidParameter, unknownOperation } from "./service-error.ts";
import { listTagsOfResource, tagResource, untagResource } from "./tags.ts";
import { describeTimeToLive, updateTimeToLive } from "./time-to-live.ts";
import { updateTable } from "./update-table.ts";
import { capacityLimits } from "./validate-throughput.ts";
import type { Caller, CreateTableInput } from "./wire.ts";
import type { World } from "./world.ts";

type Run<Input> = (world: World, caller: Caller, input: Input, host: string) => object | null;

/** checkInput has given each input the shape its operation takes. */
const taking =
  <Input>(run: Run<Input>): Run<unknown> =>
  (world, caller, input, host) =>
    run(world, caller, input as Input, host);

const runs: Record<OperationName, Run<unknown>> = {
  CreateTable: taking((world, caller, input: CreateTableInput) => {
    meetNamedFault(world, caller, input);
    return createTable(world, caller, input);
  }),
  UpdateTable: taking(updateTable),
  DescribeTable: taking(describeTable),
  DeleteTable: taking(deleteTable),
  ListTables: taking(listTables),
  DescribeTimeToLive: taking(describeTimeToLive),
  UpdateTimeToLive: taking(updateTimeToLive),
  DescribeContinuousBackups: taking(describeContinuousBackups),
  UpdateContinuousBackups: taking(updateContinuousBackups),
  TagResource: taking(tagResource),
  UntagResource: taking(untagResource),
  ListTagsOfResource: taking(listTagsOfResource),
  DescribeLimits: () => capacityLimits,
  DescribeEndpoints: (_world, _caller, _input, host) => ({
    Endpoints: [{ Address: host, CachePeriodInMinutes: 1440 }],
  }),
};

const facetOf: Partial<Record<OperationName, Facet>> = {
  TagResource: "tags",
  UntagResource: "tags",
  ListTagsOfResource: "tags",
  DescribeTimeToLive: "timeToLive",
  UpdateTimeToLive: "timeToLive",
  DescribeContinuousBackups: "continuousBackups",
  UpdateContinuousBackups: "continuousBackups",
};

const isOperation = (name: string): name is OperationName => Object.hasOwn(inputShapes, name);

/**
 * Runs one operation. Returns null where DynamoDB answers with an empty body (TagResource, UntagResource).
 * @throws ServiceError what DynamoDB would answer; UnknownOperationException for what the sandbox lacks or has switched off
 */
export function runOperation(
  world: World,
  caller: Caller,
  name: string,
  input: unknown,
  host: string,
): object | null {
  const { supports } = world.settings;
  if (!isOperation(name) || !supports(name) || !supports(facetOf[name] ?? name)) throw unknownOperation();
  for (const member of refusedMembers[name] ?? [])
    if (typeof input === "object" && input !== null && member in input)
      throw invalidParameter(`${member} is not supported by this sandbox`);
  return runs[name](world, caller, checkInput(input, inputShapes[name]), host);
}
