import { capacityRules } from "./capacity-rules.ts";
import { indexRules } from "./index-rules.ts";
import type { SpecRule } from "./rule.ts";
import { tableRules } from "./table-rules.ts";

/**
 * Every rule between fields, in the order its faults are reported. Sources: DynamoDB quotas
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html) and the CreateTable API.
 */
export const specRules: readonly SpecRule[] = [...tableRules, ...capacityRules, ...indexRules];
