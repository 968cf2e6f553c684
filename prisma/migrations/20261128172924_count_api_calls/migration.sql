-- Counts of the running minute: nothing is lost with them, and without the log a call costs no wait for the disk.
CREATE UNLOGGED TABLE "rate_count" (
    "key" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_count_pkey" PRIMARY KEY ("key")
);
