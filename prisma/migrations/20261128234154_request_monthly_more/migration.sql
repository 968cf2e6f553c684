-- AlterTable
ALTER TABLE "request" ADD COLUMN     "monthlyMore" BOOLEAN NOT NULL DEFAULT false;
