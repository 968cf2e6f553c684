import { z } from "zod";
import { mustBe } from "./field-schemas.ts";

const keyId = `(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`;
const alias = "alias/[a-zA-Z0-9/_-]{1,250}";
const arn = `arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):([0-9]{12}):`;
const bareKey = new RegExp(`^(?:${keyId}|${alias})$`);
const kmsArn = new RegExp(`^${arn}(?:key/${keyId}|${alias})$`);
const awsAlias = /(?:^|:)alias\/aws\//;

/** Region and account that a KMS ARN names; null for a bare key id or alias. */
export function kmsArnPlace(kmsKeyId: string): { region: string; account: string } | null {
  const match = kmsArn.exec(kmsKeyId);
  return match?.[1] && match[2] ? { region: match[1], account: match[2] } : null;
}

/**
 * A customer-managed key as `SSESpecification.KMSMasterKeyId` takes it: key id (also `mrk-…`), key ARN, `alias/…` or alias ARN.
 * Aliases that begin with `aws/` belong to AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html
 */
export const kmsKeyIdSchema = z
  .string({ error: mustBe("kms_key_id", "the id, ARN, alias (alias/…) or alias ARN of a KMS key") })
  .superRefine((value, context) => {
    if (awsAlias.test(value)) {
      context.addIssue({
        code: "custom",
        params: { id: "kms-key-aws-alias" },
        message: `kms_key_id ${JSON.stringify(value.slice(0, 300))} is an AWS-managed key. Leave kms_key_id out to use the AWS-managed key, or name a key of your own.`,
      });
    } else if (!bareKey.test(value) && !kmsArn.test(value)) {
      context.addIssue({
        code: "custom",
        params: { id: "kms-key-format" },
        message: `kms_key_id ${JSON.stringify(value.slice(0, 300))} is not a KMS key. Give a key id (1234abcd-12ab-34cd-56ef-1234567890ab or mrk-…), a key ARN, alias/name or an alias ARN.`,
      });
    }
  });
