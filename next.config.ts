import type { NextConfig } from "next";

const config: NextConfig = {
  // Tests build beside a running installation, not underneath it.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // The image optimiser fetches and decodes what it is told to; nothing here needs it.
  images: { unoptimized: true },
  // `npm test` checks types, once, for everything.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@cdktf/hcl2json",
    "@prisma/adapter-pg",
    "@prisma/client",
    "pg",
    "pg-boss",
    "pino",
    "shiki",
  ],
  turbopack: { root: import.meta.dirname },
  // As the API: a request of 100 tables is far smaller.
  experimental: { serverActions: { bodySizeLimit: 1_000_000 } },
};

export default config;
