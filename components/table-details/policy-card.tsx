import { Download } from "lucide-react";
import {
  type PolicySelection,
  policyAccesses,
  policyHref,
} from "#components/table-details/policy-selection.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SegLinks } from "#components/ui/seg.tsx";

export type PolicySnippet = {
  filename: string;
  content: string;
  /** What the policy lets a role do. */
  summary: string;
  warnings: readonly { path: string; message: string }[];
  /** Characters as IAM counts them, and how many a policy may have. */
  size: { characters: number; limit: number };
};

type PolicyCardProps = {
  tableId: string;
  selection: PolicySelection;
  /** The policy, or why there is none yet. */
  policy: { snippet: PolicySnippet } | { reason: string };
};

/** An IAM policy to copy; what it allows is chosen in the URL. `PolicyCard({ tableId, selection, policy })`. */
export function PolicyCard({ tableId, selection, policy }: PolicyCardProps) {
  const { access, as, scan } = selection;
  const href = (change: Partial<PolicySelection>) => policyHref(tableId, { ...selection, ...change });
  const scannable = policyAccesses.some((one) => one.value === access && one.scans);
  return (
    <Card id="policy">
      <CardHeader title="Use this table" aside="IAM policy" />
      <CardBody className="grid gap-2.5">
        <SegLinks
          label="Access"
          items={policyAccesses.map(({ value, label }) => ({
            label,
            href: href({ access: value }),
            current: value === access,
          }))}
        />
        <div className="cluster justify-between">
          {scannable ? (
            <SegLinks
              label="Scan"
              items={[
                { label: "With Scan", href: href({ scan: true }), current: scan },
                { label: "Without Scan", href: href({ scan: false }), current: !scan },
              ]}
            />
          ) : null}
          <SegLinks
            label="Written as"
            items={[
              { label: "JSON", href: href({ as: "json" }), current: as === "json" },
              { label: "HCL", href: href({ as: "terraform" }), current: as === "terraform" },
            ]}
          />
        </div>
        {"snippet" in policy ? (
          <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{policy.snippet.summary}</p>
        ) : (
          <Note title="No policy yet.">{policy.reason}</Note>
        )}
        {"snippet" in policy
          ? policy.snippet.warnings.map(({ message }) => (
              <Note key={message} tone="warn">
                {message}
              </Note>
            ))
          : null}
      </CardBody>
      {"snippet" in policy ? <Policy snippet={policy.snippet} as={as} /> : null}
    </Card>
  );
}

function Policy({ snippet, as }: { snippet: PolicySnippet; as: PolicySelection["as"] }) {
  const { content, filename, size } = snippet;
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(content)}`;
  return (
    <>
      <CodeBlock code={content.trimEnd()} language={as === "json" ? "json" : "hcl"} label="IAM policy" />
      <CardBody className="cluster">
        <CopyButton text={content} what="policy" variant="primary" />
        <LinkButton href={file} download={filename} icon={Download}>
          Download
        </LinkButton>
        <span className="ml-auto text-ink-2 text-sm">
          {size.characters.toLocaleString("en-US")} of {size.limit.toLocaleString("en-US")} characters
        </span>
      </CardBody>
    </>
  );
}
