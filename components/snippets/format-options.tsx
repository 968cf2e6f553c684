import { PolicyRestrictions } from "#components/snippets/policy-restrictions.tsx";
import {
  choiceHref,
  policyAccesses,
  type SnippetAddress,
  type SnippetChoice,
} from "#components/snippets/snippet-choice.ts";
import { SegLinks } from "#components/ui/seg.tsx";

type FormatOptionsProps = {
  address: SnippetAddress;
  choice: SnippetChoice;
  /** What is wrong with what was typed. */
  errors: readonly { path: string; message: string }[];
};

/** What can be chosen within a format; nothing for most. `FormatOptions({ address, choice, errors })`. */
export function FormatOptions({ address, choice, errors }: FormatOptionsProps) {
  if (choice.format === "iam-policy") {
    return (
      <>
        <PolicyForm address={address} choice={choice} />
        <PolicyRestrictions address={address} choice={choice} errors={errors} />
      </>
    );
  }
  const item = (label: string, change: Partial<SnippetChoice>, current: boolean) => ({
    label,
    href: choiceHref(address, { ...choice, ...change }),
    current,
  });
  if (choice.format === "env") {
    const { env_as } = choice;
    return (
      <SegLinks
        label="Written as"
        items={[
          item("dotenv", { env_as: "dotenv" }, env_as === "dotenv"),
          item("JSON", { env_as: "json" }, env_as === "json"),
        ]}
      />
    );
  }
  if (choice.format !== "terraform" && choice.format !== "terraform-module") return null;
  return (
    <SegLinks
      label="Written as"
      items={[
        item("Module", { format: "terraform-module" }, choice.format === "terraform-module"),
        item("Resource", { format: "terraform" }, choice.format === "terraform"),
      ]}
    />
  );
}

function PolicyForm({ address, choice }: Omit<FormatOptionsProps, "errors">) {
  const { access, as, scan } = choice;
  const href = (change: Partial<SnippetChoice>) => choiceHref(address, { ...choice, ...change });
  const scannable = policyAccesses.some((one) => one.value === access && one.scans);
  return (
    <>
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
            {
              label: "CloudFormation",
              href: href({ as: "cloudformation" }),
              current: as === "cloudformation",
            },
          ]}
        />
      </div>
    </>
  );
}
