-- DropIndex
DROP INDEX "operation_tableId_key";

-- CreateTable
CREATE TABLE "decommission" (
    "requestId" UUID NOT NULL,
    "tableId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "problem" TEXT,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "evidence" JSONB NOT NULL,
    "unprotect" BOOLEAN NOT NULL,
    "operationId" UUID,

    CONSTRAINT "decommission_pkey" PRIMARY KEY ("requestId","tableId")
);

-- CreateIndex
CREATE UNIQUE INDEX "decommission_operationId_key" ON "decommission"("operationId");

-- CreateIndex
CREATE INDEX "decommission_tableId_idx" ON "decommission"("tableId");

-- CreateIndex
CREATE UNIQUE INDEX "operation_tableId_requestId_key" ON "operation"("tableId", "requestId");

-- AddForeignKey
ALTER TABLE "decommission" ADD CONSTRAINT "decommission_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decommission" ADD CONSTRAINT "decommission_tableId_fkey" FOREIGN KEY ("tableId") REFERENCES "table"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decommission" ADD CONSTRAINT "decommission_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "operation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One request at a time may ask to delete a table; Prisma cannot express partial indexes.
CREATE UNIQUE INDEX "decommission_open_table_key" ON "decommission" ("tableId") WHERE "open";
