-- AlterTable
ALTER TABLE "request" ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "turn" TEXT,
ADD COLUMN     "warnings" INTEGER NOT NULL DEFAULT 0;

-- Parts of words, in any column they stand in. Whoever owns the database may create it: a "trusted" extension.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "request_searchText_idx" ON "request" USING gin ("searchText" gin_trgm_ops);

-- The queue, by age and by whose turn it is; Prisma cannot express partial indexes.
CREATE INDEX "request_waiting_idx" ON "request" ("createdAt", "id") WHERE "state" = 'submitted';
CREATE INDEX "request_waiting_turn_idx" ON "request" ("turn", "createdAt", "id") WHERE "state" = 'submitted';
CREATE INDEX "request_waiting_required_idx" ON "request" USING gin ("required" jsonb_path_ops) WHERE "state" = 'submitted';

-- What was asked before these columns were there.
UPDATE "request" r SET "searchText" = lower(concat_ws(' ', r."project",
  (SELECT string_agg(t."name", ' ' ORDER BY t."name") FROM "table" t
   WHERE t."requestId" = r."id"
      OR t."id" IN (SELECT d."tableId" FROM "decommission" d WHERE d."requestId" = r."id"))));

UPDATE "request" r SET "turn" = (
  SELECT entry.value ->> 'group'
  FROM jsonb_array_elements(r."required") WITH ORDINALITY AS entry (value, place)
  WHERE (SELECT count(*) FROM "approval" a
         WHERE a."requestId" = r."id" AND a."version" = r."version" AND a."decision" = 'approve'
           AND a."group" = entry.value ->> 'group')
      < (SELECT sum((earlier.value ->> 'count')::int)
         FROM jsonb_array_elements(r."required") WITH ORDINALITY AS earlier (value, place)
         WHERE earlier.place <= entry.place AND earlier.value ->> 'group' = entry.value ->> 'group')
  ORDER BY entry.place
  LIMIT 1)
WHERE r."state" = 'submitted';
