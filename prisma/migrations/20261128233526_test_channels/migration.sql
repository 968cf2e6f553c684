-- CreateTable
CREATE TABLE "channel_test" (
    "channel" TEXT NOT NULL,
    "testId" UUID NOT NULL,
    "recipient" TEXT,
    "askedByName" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "channel_test_pkey" PRIMARY KEY ("channel")
);
