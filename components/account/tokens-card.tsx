import type { ReactNode } from "react";
import { ConfirmButton } from "#components/account/confirm-button.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Result } from "#lib/core/result.ts";
import type { TokenView } from "#lib/people/schema.ts";

type Revoke = (input: { id: string }) => Promise<Result<unknown>>;

type TokensCardProps = {
  title: string;
  tokens: readonly TokenView[];
  revoke: Revoke;
  /** Why this reader cannot revoke them; null: they can. */
  disabledReason: string | null;
  /** The button that makes one. */
  create?: ReactNode;
};

/** Tokens that work, with their revocation. `TokensCard({ title, tokens, revoke, disabledReason, create })`. */
export function TokensCard({ title, tokens, revoke, disabledReason, create }: TokensCardProps) {
  return (
    <Card>
      <CardHeader title={title} aside={create} />
      {tokens.length > 0 ? (
        <DataTable
          label={title}
          columns={columnsFor(revoke, disabledReason)}
          rows={tokens}
          rowKey={({ id }) => id}
        />
      ) : (
        <CardBody className="text-ink-2">
          No tokens. Programs use one to call the API as the person it belongs to.
        </CardBody>
      )}
    </Card>
  );
}

function columnsFor(revoke: Revoke, disabledReason: string | null): Column<TokenView>[] {
  return [
    {
      id: "name",
      header: "Token",
      cell: ({ name, prefix }) => (
        <>
          <span className="font-medium [overflow-wrap:anywhere]">{name || "unnamed"}</span>{" "}
          <span className="mono text-ink-2">{prefix}…</span>
        </>
      ),
    },
    { id: "scopes", header: "May", narrowLabel: "may", cell: ({ scopes }) => scopes.join(", ") },
    {
      id: "expires",
      header: "Expires",
      narrowLabel: "expires",
      cell: ({ expires_at }) => <RelativeTime at={expires_at} />,
    },
    {
      id: "used",
      header: "Last used",
      narrowLabel: "last used",
      cell: ({ last_used_at }) => (last_used_at ? <RelativeTime at={last_used_at} /> : "never"),
    },
    {
      id: "revoke",
      header: "",
      align: "end",
      cell: ({ id, name, prefix }) => (
        <ConfirmButton
          label="Revoke"
          accessibleLabel={`Revoke ${name || prefix}`}
          question={`Revoke ${name || "this token"}?`}
          consequence="Whatever uses it is refused from this moment on. A revoked token cannot come back."
          confirm="Revoke"
          done="Token revoked"
          disabledReason={disabledReason}
          action={revoke}
          input={{ id }}
        />
      ),
    },
  ];
}
