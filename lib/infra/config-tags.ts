const ownTagKeys = ["Project", "Environment", "ManagedBy", "Name", "Purpose", "Type", "tablewright:table-id"];

/** What is wrong with the key of a tag, or null. Rules: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html */
export function tagKeyProblem(key: string): string | null {
  if (ownTagKeys.includes(key)) return `the tag "${key}" is written by Tablewright itself`;
  if (/^aws:/i.test(key)) return "tag keys that start with aws: belong to AWS";
  const fits = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key);
  return fits ? null : "a tag key has 1 to 128 letters, digits, spaces and _ . : / = + - @";
}

/** What is wrong with the value of a tag, or null. */
export function tagValueProblem(value: string): string | null {
  const fits = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value);
  return fits ? null : "a tag value has at most 256 letters, digits, spaces and _ . : / = + - @";
}
