/** A rule of the configuration in force, with what it means. */
export type RuleView = {
  id: string;
  /** One plain sentence. */
  sentence: string;
  /** Its expressions as they stand in the file. */
  source: { key: "when" | "rule" | "require"; text: string }[];
};

export type RuleSettings = {
  guardrails: (RuleView & { level: "deny" | "warn" })[];
  /** In the order they are asked: the first that holds decides. */
  approvals: RuleView[];
  self_approval: boolean;
  request_expiry_days: number;
};
