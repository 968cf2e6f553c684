export type UpdateTableInput = { TableName: string; DeletionProtectionEnabled: false };
export type DeleteTableInput = { TableName: string };

/** One API call of a deletion; see `PlannedCall`. */
export type DeletionCall =
  | { call: "UpdateTable"; input: UpdateTableInput; summary: string }
  | { call: "DeleteTable"; input: DeleteTableInput; summary: string };

/**
 * The calls that delete a table, in order. Deletion protection is switched off only where it is on: DeleteTable is
 * refused otherwise. The approver reads this list, and no worker sends a kind of call that is not on it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html
 */
export function planDeletion(name: string, live: { deletionProtection: boolean }): DeletionCall[] {
  return [...(live.deletionProtection ? [unprotectCall(name)] : []), deleteCall(name)];
}

function unprotectCall(name: string): DeletionCall {
  return {
    call: "UpdateTable",
    input: { TableName: name, DeletionProtectionEnabled: false },
    summary: "Switch deletion protection off",
  };
}

function deleteCall(name: string): DeletionCall {
  return {
    call: "DeleteTable",
    input: { TableName: name },
    summary: "Delete the table with all its items and its stream, and wait until it is gone",
  };
}
