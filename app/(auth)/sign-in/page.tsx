import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProblemPage } from "#components/shell/problem-page.tsx";
import { DemoPeople } from "#components/sign-in/demo-people.tsx";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { demoPeople } from "#lib/people/demo-people.ts";
import { safeReturnAddress } from "#lib/server/return-address.ts";
import { findActor } from "#lib/server/session.ts";
import { signIn } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, problem } = await searchParams;
  const address = safeReturnAddress(next);
  if (await findActor()) redirect(address);
  if (!env.demo) return <NoSignIn />;
  return (
    <DemoPeople
      appName={getConfig().name}
      people={demoPeople.map(({ about, ...person }) => ({ ...person, role: about }))}
      action={signIn}
      next={address}
      problem={
        problem ? "Signing in did not work. Try again; if it stays, the server's log tells why." : null
      }
    />
  );
}

function NoSignIn() {
  return (
    <ProblemPage title="Sign-in is not configured">
      This installation is not in demo mode, and this version knows no other way to sign in. API tokens work:
      whoever runs it can make one with <code>tablewright token create</code>.
    </ProblemPage>
  );
}
