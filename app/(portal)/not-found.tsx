import type { Metadata } from "next";
import { NothingHere } from "#components/shell/nothing-here.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function PortalNotFound() {
  return <NothingHere />;
}
