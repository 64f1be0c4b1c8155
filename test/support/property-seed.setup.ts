import { configureGlobal } from "fast-check";
import { readTestSeed } from "./test-seed.ts";

configureGlobal({ seed: readTestSeed() });
