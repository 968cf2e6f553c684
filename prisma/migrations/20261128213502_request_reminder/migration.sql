-- AlterTable
ALTER TABLE "request" ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);
