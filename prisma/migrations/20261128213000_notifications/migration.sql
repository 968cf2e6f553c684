-- CreateTable
CREATE TABLE "notification_outbox" (
    "auditId" BIGINT NOT NULL,
    "requestId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "turn" TEXT,

    CONSTRAINT "notification_outbox_pkey" PRIMARY KEY ("auditId")
);

-- CreateTable
CREATE TABLE "notification_delivery" (
    "id" UUID NOT NULL,
    "auditId" BIGINT NOT NULL,
    "requestId" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipients" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "thread" UUID,
    "requestState" TEXT NOT NULL,
    "turn" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "problem" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "auditId" BIGINT NOT NULL,
    "personId" TEXT NOT NULL,
    "requestId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "group" TEXT,
    "handledBy" TEXT,
    "handledAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notification_delivery_requestId_channel_auditId_idx" ON "notification_delivery"("requestId", "channel", "auditId");

-- CreateIndex
CREATE INDEX "notification_delivery_state_endedAt_idx" ON "notification_delivery"("state", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "notification_delivery_auditId_channel_kind_key" ON "notification_delivery"("auditId", "channel", "kind");

-- CreateIndex
CREATE INDEX "notice_personId_createdAt_idx" ON "notice"("personId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "notice_requestId_idx" ON "notice"("requestId");

-- CreateIndex
CREATE UNIQUE INDEX "notice_auditId_personId_kind_key" ON "notice"("auditId", "personId", "kind");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What no worker has sent is few beside what was sent.
CREATE INDEX "notification_delivery_waiting_idx" ON "notification_delivery"("channel", "dueAt") WHERE state = 'waiting';
CREATE INDEX "notification_delivery_order_idx" ON "notification_delivery"("channel", "requestId", "auditId", "id") WHERE state = 'waiting';

-- Whoever writes an audit line writes the outbox with it, in whatever statement. The request is noted as it is then:
-- an AFTER trigger sees all that its statement and those before it in the transaction changed.
CREATE FUNCTION note_for_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "notification_outbox" ("auditId", "requestId", "state", "turn")
    SELECT NEW.id, id, state, CASE WHEN state = 'submitted' THEN turn END FROM "request" WHERE id = NEW."requestId";
  RETURN NULL;
END $$;

CREATE TRIGGER "audit_event_notify" AFTER INSERT ON "audit_event" FOR EACH ROW
  WHEN (NEW."requestId" IS NOT NULL AND (NEW.event LIKE 'request.%' OR NEW.event LIKE 'table.%'))
  EXECUTE FUNCTION note_for_notification();
