"use client";

import { type BoundaryProps, PageFailure } from "#components/shell/page-failure.tsx";

export default function PortalError(props: BoundaryProps) {
  return <PageFailure {...props} />;
}
