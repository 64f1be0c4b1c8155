import type { ResourceFactoryResolver } from "@azure/functions-extensions-base";

/** Where the library finds out how to make an input of what the host sends in its place. */
declare const inputFactories: ResourceFactoryResolver;
export = inputFactories;
