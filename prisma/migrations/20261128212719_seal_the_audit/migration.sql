-- DropIndex
DROP INDEX "audit_event_subjectType_subjectId_id_idx";

-- CreateTable
CREATE TABLE "audit_seal" (
    "seq" BIGINT NOT NULL,
    "eventId" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_eventId_key" ON "audit_seal"("eventId");

-- CreateIndex
CREATE INDEX "audit_event_subjectId_at_id_idx" ON "audit_event"("subjectId", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_actorId_at_id_idx" ON "audit_event"("actorId", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_event_at_id_idx" ON "audit_event"("event", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at", "id");

-- The seals only grow, like the audit; the refusal names the table.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP;
END
$$;
CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Where deploy/database-role.sql was run before, its default privileges have just given more than the seals allow.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tablewright_app') THEN
    REVOKE UPDATE, DELETE ON "audit_seal" FROM tablewright_app;
  END IF;
END
$$;
