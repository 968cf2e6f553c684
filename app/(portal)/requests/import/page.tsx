import type { Metadata } from "next";
import { TerraformImport } from "#components/terraform-import/terraform-import.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getWizardOptions } from "#lib/requests/wizard-queries.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Import from Terraform" };

export default async function ImportPage() {
  const { projects, environments } = await getWizardOptions(await requireActor());
  return (
    <>
      <PageHeader
        title="Import from Terraform"
        trail={[{ href: "/requests", label: "Requests" }]}
        current="Import"
        sub="Tables you have as code become a request that you look through before it is sent."
      />
      <TerraformImport
        project={projects.length === 1 ? projects[0]! : ""}
        environment={environments.length === 1 ? environments[0]!.name : ""}
      />
    </>
  );
}
