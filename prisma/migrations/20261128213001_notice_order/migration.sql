-- DropIndex
DROP INDEX "notice_personId_createdAt_idx";

-- CreateIndex
CREATE INDEX "notice_personId_createdAt_id_idx" ON "notice"("personId", "createdAt" DESC, "id" DESC);

-- Every page counts what is unread, which is little beside what was read.
CREATE INDEX "notice_unread_idx" ON "notice"("personId") WHERE "readAt" IS NULL AND "handledAt" IS NULL;
