export const tableStates = [
  "pending",
  "creating",
  "active",
  "updating",
  "failed",
  "deleting",
  "deleted",
  "missing",
] as const;
export type TableState = (typeof tableStates)[number];

/** Each state in words, as badges show it. */
export const tableStateWords: Record<TableState, string> = {
  pending: "Pending",
  creating: "Creating",
  active: "Active",
  updating: "Updating",
  failed: "Failed",
  deleting: "Deleting",
  deleted: "Deleted",
  missing: "Missing",
};
