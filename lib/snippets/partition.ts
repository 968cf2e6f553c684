/** DNS suffix of a partition's services, by the start of its region names. The rest of the world is `aws`. */
const partitions: { regionPrefix: string; partition: string; dnsSuffix: string }[] = [
  { regionPrefix: "cn-", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { regionPrefix: "us-gov-", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { regionPrefix: "eusc-", partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
  { regionPrefix: "us-iso-", partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { regionPrefix: "us-isob-", partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { regionPrefix: "eu-isoe-", partition: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { regionPrefix: "us-isof-", partition: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
];

/**
 * The partition a region lies in, and the DNS suffix of its endpoints.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 * https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
export function partitionOf(region: string): { partition: string; dnsSuffix: string } {
  const found = partitions.find(({ regionPrefix }) => region.startsWith(regionPrefix));
  return found ?? { partition: "aws", dnsSuffix: "amazonaws.com" };
}
