"use client";

import { DecommissionForm } from "#components/decommission/decommission-form.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Result } from "#lib/core/result.ts";

type EditDecommissionProps = {
  request: {
    id: string;
    number: number;
    version: number;
    justification: string;
    tables: { key: string; name: string }[];
  };
  resubmit: (input: {
    id: string;
    version: number;
    tables: string[];
    justification: string;
  }) => Promise<Result<{ id: string }>>;
};

/** Sends a request to delete tables again, with another justification. `EditDecommission({ request, resubmit })`. */
export function EditDecommission({ request, resubmit }: EditDecommissionProps) {
  const { id, number, version, justification, tables } = request;
  return (
    <>
      <PageHeader
        title={`Change request ${number}`}
        trail={[
          { href: "/requests", label: "Requests" },
          { href: `/requests/${id}`, label: `Request ${number}` },
        ]}
        sub="what was approved so far is void once it is sent again, and the evidence is taken anew"
      />
      <div className="max-w-2xl">
        <Card>
          <CardHeader title="Tables to delete" />
          <CardBody>
            <ul className="mono pb-3.5 [overflow-wrap:anywhere]">
              {tables.map(({ key, name }) => (
                <li key={key}>{name}</li>
              ))}
            </ul>
            <DecommissionForm
              name={null}
              justification={justification}
              submitLabel="Send again"
              send={(why) =>
                resubmit({ id, version, tables: tables.map(({ key }) => key), justification: why })
              }
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
