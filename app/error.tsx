"use client";

import { type BoundaryProps, PageFailure } from "#components/shell/page-failure.tsx";

export default function PageError(props: BoundaryProps) {
  return (
    <main id="main">
      <PageFailure {...props} />
    </main>
  );
}
