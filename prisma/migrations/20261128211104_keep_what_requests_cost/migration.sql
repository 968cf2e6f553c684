-- AlterTable
ALTER TABLE "request" ADD COLUMN     "monthlyCents" INTEGER;
