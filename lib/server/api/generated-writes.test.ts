import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { testGeneratedCalls } from "./generated-calls.fixture.ts";

useTestConfig();
useTestDatabase();

testGeneratedCalls("post", 10_000);
