import { startInstallation } from "#e2e/installation.ts";
import { freePort } from "#lib/infra/free-port.ts";

/**
 * Starts an installation in demo mode. The journeys find it by `baseURL`, its data folder by TABLEWRIGHT_DATA.
 */
export default async function startDemo(): Promise<() => Promise<void>> {
  const { url, data, stop } = await startInstallation(await freePort());
  process.env.TABLEWRIGHT_E2E_URL = url;
  process.env.TABLEWRIGHT_DATA = data;
  return stop;
}
