import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const onPath = (process.env.PATH ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, "terraform")));

/** Folders where a machine may keep providers; `TERRAFORM_PROVIDER_MIRROR` names another. */
const mirror = [
  process.env.TERRAFORM_PROVIDER_MIRROR,
  join(homedir(), ".terraform.d/plugins"),
  "/usr/local/share/terraform/plugins",
  "/opt/tf-plugins",
].find((folder) => folder && existsSync(join(folder, "registry.terraform.io/hashicorp/aws")));

/** Why a test that needs `terraform` alone is skipped, or null. */
export const terraformMissing = onPath ? null : "terraform is not on the PATH";

/** Why a test that needs Terraform's AWS provider is skipped, or null. */
export const providerMissing =
  terraformMissing ??
  (mirror ? null : "TERRAFORM_PROVIDER_MIRROR names no folder with the provider hashicorp/aws");

/** A name for a test that says why it is skipped. */
export const withReason = (name: string, missing: string | null): string =>
  missing === null ? name : `${name} (skipped: ${missing})`;

type TerraformRun = { code: number; output: string; errors: string };

/** A folder of files in which terraform runs, without any network and without the person's own configuration. */
export class TerraformRoot {
  readonly #folder = mkdtempSync(join(tmpdir(), "tablewright-terraform-"));
  readonly folder = join(this.#folder, "main");

  constructor(files: Record<string, string>) {
    writeFileSync(
      join(this.#folder, "terraform.rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror ?? tmpdir())}\n  }\n}\n`,
    );
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  /** `name` is relative to the folder terraform runs in. */
  write(name: string, content: string): void {
    const file = join(this.folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs terraform; never throws for its exit code. */
  run(args: readonly string[]): Promise<TerraformRun> {
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: "test",
      // Provider schemas fill memory that garbage collection would walk again and again for nothing.
      GOGC: "400",
      PATH: process.env.PATH,
      HOME: this.#folder,
      TF_CLI_CONFIG_FILE: join(this.#folder, "terraform.rc"),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env, maxBuffer: 1 << 28 };
      execFile("terraform", [...args], options, (error, output, errors) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, output, errors });
      });
    });
  }

  /** Runs terraform and answers its output; throws what it says when it fails. */
  async succeed(args: readonly string[]): Promise<string> {
    const { code, output, errors } = await this.run(args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${code}:\n${errors}${output}`);
    return output;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The provider as somebody configures it for an account of the sandbox; KMS has nobody to answer it there. */
export const sandboxProvider = (url: string, account: string, region: string): string => `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  access_key                  = "${account}"
  secret_key                  = "not-verified"
  region                      = "${region}"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  endpoints {
    dynamodb = "${url}"
    kms      = "${url}"
  }
}
`;
