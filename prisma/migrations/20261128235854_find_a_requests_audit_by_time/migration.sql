-- DropIndex
DROP INDEX "audit_event_requestId_id_idx";

-- CreateIndex
CREATE INDEX "audit_event_requestId_at_id_idx" ON "audit_event"("requestId", "at", "id");
