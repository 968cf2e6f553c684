-- AlterTable
ALTER TABLE "request" ADD COLUMN     "configuration" TEXT,
ADD COLUMN     "findings" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "pin" TEXT;

-- AlterTable
ALTER TABLE "approval" ADD COLUMN     "pin" TEXT;

-- AlterTable
ALTER TABLE "table" ADD COLUMN     "plan" JSONB;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "configuration" TEXT;
