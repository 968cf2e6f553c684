-- CreateTable
CREATE TABLE "environment_check" (
    "id" UUID NOT NULL,
    "environment" TEXT NOT NULL,
    "askedById" TEXT NOT NULL,
    "askedByName" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "findings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "environment_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "environment_check_environment_askedAt_idx" ON "environment_check"("environment", "askedAt" DESC);

-- One open check an environment.
CREATE UNIQUE INDEX "environment_check_open_key" ON "environment_check"("environment") WHERE "endedAt" IS NULL;
