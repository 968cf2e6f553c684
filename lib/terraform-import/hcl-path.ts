/** The path of a value in HCL as people write it: `module.dynamodb.tables["user-data"].ttl_attribute`. */
export function hclPath(base: string, ...segments: readonly (string | number)[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(segment)) return `${path}[${JSON.stringify(segment)}]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, base);
}

/** Beginnings of paths that differ from the type of the block: Terraform's own addresses. */
const addresses: Record<string, string> = { resource: "", locals: "local" };

/** Terraform's address of a block: `aws_dynamodb_table.my-orders`, `module.dynamodb`, `local`. */
export function blockPath(type: string, labels: readonly string[]): string {
  if (labels.length === 0 && type === "resource") return type;
  const start = Object.hasOwn(addresses, type) ? (addresses[type] ?? "") : hclPath("", type);
  return labels.reduce((path, label) => {
    if (path === "" || !/^[a-zA-Z_][a-zA-Z0-9_-]*$/.test(label)) return hclPath(path, label);
    return `${path}.${label}`;
  }, start);
}
